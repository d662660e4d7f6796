//! The columns each table may have, and what real registers call them.
//!
//! Aliases are compared after [`normalise`](super::normalise): lower case, letters and
//! digits only. Sources: Transparency Code 2015, InSite (Government Property Data Standard), NHS
//! ERIC, ONS, ArcGIS exports, Scotland Spatial Hub, council registers of several years.

use super::columns::{Field, Kind};

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = [$($field:literal: $kind:ident $([$($alias:literal),* $(,)?])?),* $(,)?];)*) => {
        $($(#[$doc])* pub const $name: &[Field] = &[$(Field {
            name: $field,
            kind: Kind::$kind,
            aliases: &[$($($alias),*)?],
        }),*];)*
    };
}

fields! {
    /// Columns of a property register.
    BUILDING_FIELDS = [
        "asset_id": Code ["assetcode", "codebien", "uniqueassetid", "uniqueassetidentity", "assetid", "assetref", "assetreference", "assetnumber", "assetno", "propertyid", "propertyref", "propertyreference", "propertycode", "propertynumber", "siteref", "sitereference", "sitecode", "buildingid", "buildingcode", "buildingref", "buildingnumber", "epimsid", "epimspropertyid", "epimsbuildingid", "holdingref", "holdingreference", "premisesid", "lasiteref", "asset", "ref", "reference", "id", "objectid", "fid", "rpuid", "realpropertyuniqueidentifier", "locationcode", "identifiant", "objektnummer", "buildingnbr", "bldgid", "facilityid", "facilitycode", "facilityno", "siteid", "uniqueassetidentifier", "uniquepropertyid", "uniquepropertyidentifier", "propertyno", "propno", "propref", "terrierref", "terrierno", "terriernumber", "estatesref", "siteno", "sitenumber", "epimsref", "epimsno", "propertycentreref", "cyfeirnodeiddo", "cyfeirnod", "codigo", "codigoimovel", "codigoinmueble", "codeimmeuble", "codebatiment", "liegenschaftsnummer", "gebaudenummer", "objectcode", "globalid"],
        "uprn": Uprn ["uniquepropertyreferencenumber", "uniquepropertyreferencenumberuprn", "propertyuprn", "uprnno"],
        "name": Text ["propertyname", "nameofbuildingland", "nameofbuilding", "buildingname", "sitename", "assetname", "assetdescription", "propertydescription", "premises", "premisesname", "landandbuildingname", "nameofthebuildingland", "nameofbuildingorland", "stationname", "establishmentname", "site", "property", "building", "station", "title", "label", "distname", "sitenameaddress", "realpropertyassetname", "assettitle", "propertytitle", "nom", "bezeichnung", "objekt", "objektbezeichnung", "bldgname", "facilityname", "facility", "designation", "nameofthebuildinglandorboth", "nameofbuildinglandorboth", "nameoftheland", "buildingorland", "enwreiddo", "enwradeilad", "enw", "nome", "nombre", "naam", "denomination", "denominacion", "denominacao", "facname", "facilitydescription", "gebaude", "gebaudename", "nomdusite", "nomdubatiment", "batiment", "intitule", "libelle", "nomeimovel", "objectnaam", "propertycentrename", "premisesaddressname", "organisationname", "nameofthebuilding", "officename", "designationdubatiment", "rakennuksennimi", "description"],
        "address": Text ["fulladdress", "propertyaddress", "primaryaddress", "fullpostaladdress", "siteaddress", "stationaddress", "address1", "addressline1", "location", "addresstext", "postaladdress", "adresse", "addr", "anschrift", "streetaddressline1", "adresse1", "endereco", "logradouro", "direccion", "domicilio", "adres", "indirizzo", "cyfeiriad", "lieu", "propertyaddressline1", "siteaddressline1", "addressl1"],
        "street_number": Text ["no", "streetnumber", "streetno", "number", "housenumber", "propertynumber", "buildingno", "streetnumbers", "hausnummer", "hausnr", "numerovoie", "streetnumberorsatnavcode", "buildingnumberorname"],
        "street": Text ["streetname", "road", "roadname", "thoroughfare", "streetaddress", "rue", "voie", "strasse"],
        "town": Text ["posttown", "towncity", "city", "locality", "town", "settlement", "ville", "commune", "ort", "stadt", "municipality", "postaltown", "municipio", "localite", "localidad", "ciudad", "cidade", "gemeente", "plaats", "tref"],
        "postcode": Postcode ["postalcode", "zip", "zipcode", "stationpostcode", "sitepostcode", "propertypostcode", "pcode", "pcd", "pcds", "ukpostcode", "plz", "codepostal", "zipcode5", "cp", "postleitzahl", "cep", "codigopostal", "codpostal", "codpost", "postnummer", "postcodefull", "eircode", "postnr", "postinumero", "kodpocztowy", "psc", "cap", "tk", "suburbpostcode"],
        "lon": Coordinate ["long", "longitude", "lng", "geolon", "geolong", "longitudewgs84", "xlon", "lon84", "pointx", "shapex", "lonwgs84", "langengrad", "laengengrad", "longitud", "lengtegraad", "longitudedd"],
        "lat": Coordinate ["latitude", "geolat", "latitudewgs84", "ylat", "lat84", "pointy", "shapey", "latwgs84", "breitengrad", "latitud", "breedtegraad", "latitudedd"],
        "easting": Coordinate ["eastings", "dwyreiniad", "east", "geox", "x", "xcoord", "xcoordinate", "coordx", "stationeasting", "osgbeasting", "gridx", "osx", "xbng", "mapeast", "oseasting", "propertyeasting", "oseastings", "siteeasting", "coordinatex", "coordonneex", "coordenadax", "rechtswert", "ostwert", "eastingm", "xlambert93", "xlambert", "lambertx", "xl93", "coordxl93", "xutm", "utmx", "utme", "utmeasting", "xitm", "itmx", "itme", "itmeasting", "irishgrideasting", "igeasting", "xrd", "rdx", "bngeasting", "bngx", "xcoordinateosgb"],
        "northing": Coordinate ["northings", "gogleddiad", "north", "geoy", "y", "ycoord", "ycoordinate", "coordy", "stationnorthing", "osgbnorthing", "gridy", "osy", "ybng", "mapnorth", "osnorthing", "propertynorthing", "osnorthings", "sitenorthing", "coordinatey", "coordonneey", "coordenaday", "hochwert", "nordwert", "northingm", "ylambert93", "ylambert", "lamberty", "yl93", "coordyl93", "yutm", "utmy", "utmn", "utmnorthing", "yitm", "itmy", "itmn", "itmnorthing", "irishgridnorthing", "ignorthing", "yrd", "rdy", "bngnorthing", "bngy", "ycoordinateosgb"],
        "grid": Text ["gridreference", "coordonnees", "coordenadas", "koordinaten", "coordinaten", "coordonneesgps", "gridref", "mapreference", "osgridreference", "osgridref", "osref", "ngr", "coordinates", "coordinate", "xy", "latlong", "latlng", "geopoint", "geopoint2d", "eastingnorthing", "location1", "geolocation", "maplocation"],
        "crs": Text ["coordinatereferencesystem", "srs", "srid", "epsg", "projection", "coordinatesystem", "koordinatensystem", "koordinatsystem", "bezugssystem", "lagebezug", "lagebezugssystem", "systemedecoordonnees", "sistemadecoordenadas", "coordinatenstelsel", "spatialreference"],
        "agency": Category ["organisation", "organisationname", "organisationlabel", "authority", "localauthority", "owner", "holdingbody", "department", "trustname", "publicbody"],
        "tenure": Category ["tenuretype", "tenure", "interest", "interestheld", "holdingtenure", "tenurecategory", "legalinterest", "tenurestatus", "ownedorleased", "ownedleased", "ownershiptype", "freeholdleasehold", "freeholdorleasehold", "freeholdleaseholdetc", "ownership", "ownedrented", "ownedorrented", "ownlease", "ownorlease", "ownedleasedstatus", "statutdoccupation", "statutoccupation", "tenuredesc", "eigentumsverhaltnis", "eigentumsart", "naturedudroit", "statutjuridique", "deiliadaeth", "regimepropriedade"],
        "tenure_detail": Category ["tenuredetail", "tenurecategory", "tenuredescription", "tenuredetails", "occupiedby", "interestdetail"],
        "holding_type": Category ["holdingtype", "landorbuilding", "assettype", "propertytype", "landbuilding", "assetcategory"],
        "lease_start": Date ["leasestart", "leasestartdate", "leasecommencement", "startdateoflease", "leasecommencementdate", "termstart"],
        "lease_expiry": Date ["leaseend", "leaselicenceend", "leaselicenceenddate", "leaseexp", "leaseenddate", "leaseexpiry", "leaseexpirydate", "termend", "leaseexpiration", "leasetermination", "enddateoflease", "dateofexpiryoflease", "leaseexpirationdate", "datefinbail", "datefindebail", "mietende", "leaseexpires", "tenancyend", "tenancyenddate", "datedefindebail", "echeancebail", "findebail", "vertragsende", "vencimentocontrato", "vencimientocontrato"],
        "lease_break": Dates ["leasebreak", "leasebreakdate", "breakdate", "breakoption", "breakdates", "earliestbreakdate", "nextbreakdate", "breakoptiondate", "tenantbreakdate", "breakclause", "breakclausedate", "breakclausedates", "nextbreak", "tenantbreak"],
        "notice_months": Number ["breaknoticemonths", "noticeperiodmonths", "breaknotice", "noticeperiod", "breaknoticeterm", "noticemonths"],
        "surrender_gbp": Money ["surrender", "surrenderprice", "surrenderpremium", "surrendercost", "buyoutcost", "buyoutprice", "pfibuyout"],
        "surrender_from": Date ["surrenderdate", "surrenderfromdate", "earliestsurrender"],
        "break_penalty_gbp": Money ["breakpenalty", "breakpenaltygbp", "penalty"],
        "rent_gbp": Money ["rent", "annualrent", "rentpa", "passingrent", "currentrent", "rentpayable", "annualrentgbp", "rentperannum", "rentgbp", "annualrentgbppa", "loyer", "loyerannuel", "loyerannuelhthc", "loyerhthc", "loyerannuelhorstaxes", "jahresmiete", "miete", "currentannualrent", "annualrentpayable", "rentpayableperannum", "leaseannualrent", "leaseannualrenttolessor", "annualrentcost", "aluguel", "aluguelanual", "alquiler", "alquileranual", "huur", "rhent"],
        "rates_gbp": Money ["rates", "businessrates", "nndr", "ratespayable", "annualrates", "ratesgbp", "businessratespayable"],
        "may_sublet": Category ["maysublet", "sublettingallowed", "alienation", "sublettingpermitted", "alienationprovisions", "subletting", "underletting", "righttosublet", "assignmentsubletting"],
        "rent_review": Date ["rentreviewdate", "nextrentreview", "nextrentreviewdate", "reviewdate", "rentreview", "nextreviewdate", "nextreview", "datenextrentreview"],
        "review_rent_gbp": Money ["reviewrent", "rentafterreview", "revisedrent", "estimatedrentalvalue", "erv", "rentonreview", "expectedrent", "newrent"],
        "repair_liability": Category ["repairliability", "repairingliability", "repairingobligation", "repairobligations", "repairingcovenant", "repairresponsibility", "maintenanceliability", "repairresponsibilities"],
        "tenant": Text ["tenantname", "nameoftenant", "lessee", "lesseename", "nameoflessee", "locataire", "mieter", "huurder", "inquilino", "locatario", "arrendatario"],
        "let_income_gbp": Money ["rentalincome", "rentreceived", "rentreceivable", "incomefromlettings", "annualincome", "rentincome", "rentalincomepa", "lettingincome", "rentrollgbp", "rentroll", "incomepa", "annualrentalincome", "incomeperannum"],
        "floor_area_m2": Area ["buildingsize", "grossinternalsitefloorarea", "tfa", "gfa", "floorarea", "gia", "grossinternalarea", "grossinternalfloorarea", "giam2", "floorspace", "totalfloorarea", "grossfloorarea", "giasqm", "floorareasqm", "size", "sizem2", "buildingarea", "floorareagia", "areagia", "totalgia", "internalarea", "grossarea", "giasqft", "floorareasqft", "grosssquarefeet", "grosssquarefootage", "buildingsquarefootage", "grosssqft", "grosssf", "buildingsf", "totalsf", "surfaceshon", "shon", "buildingrentablesquarefeet", "rentablesquarefeet", "squarefeet", "sqft", "squarefootage", "bldgsqft", "surface", "surfacem2", "surfacetotale", "flache", "flaeche", "bgf", "bruttogrundflache", "grossinternalareagia", "giafloorarea", "gifa", "internalfloorarea", "totalinternalarea", "totalinternalfloorarea", "grossbuildingarea", "gba", "buildingfloorarea", "floorareatotal", "totalfloorspace", "giagrossinternalarea", "areasqm", "aream2", "areaconstruida", "areatotalconstruida", "superficie", "superficieconstruida", "surfaceplancher", "surfacedeplancher", "sdp", "bruttogeschossflache", "gebaudeflache", "oppervlakte", "bvo", "arwynebeddllawr", "buildingsqft", "gsf", "builtuparea", "builtarea", "coveredarea", "plintharea", "squaremeterage"],
        "usable_m2": Area ["nia", "netinternalarea", "niam2", "usablearea", "niasqm", "netinternalfloorarea", "netusablearea", "netarea", "niasqft", "lettablearea", "netlettablearea", "occupiedfloorarea", "nutzflache", "nutzflaeche", "ngf", "surfaceutile", "totalareanetinternal", "netinternalareania", "usablesquarefeet", "usablesquarefootage", "rentablesquarefootage", "usablesqft", "nettogrundflache", "areautil", "superficieutil", "surfaceutilebrute", "vvo", "sub", "rentablesf", "usablesf", "rentablearea", "nla", "netlettablefloorarea", "netinternal"],
        "area_unit": Category ["unit", "units", "areaunit", "areaunits", "floorareaunit", "floorareaunits", "buildingsizeunit", "buildingsizeunits", "sizeunit", "unitofmeasure", "unitofmeasurement", "measurementunit", "uom", "unitofarea", "giaunit", "gfaunit", "areauom", "flacheneinheit", "unitesurface"],
        "area_basis": Category ["floorareameasure", "floorareameasurement", "floorareameasurementtype", "measurementtype", "measurementbasis", "basisofmeasurement", "floorareabasis", "floorareatype", "areatype", "areameasure", "areameasurement", "areameasurementtype"],
        "land_area": Land ["landarea", "sitearea", "siteha", "areaha", "hectares", "plotarea", "landareaha", "siteareaha", "areahectares", "landsize", "siteareahectares", "acreage", "acres", "landareaowned", "landareaownedhectares", "sitehectares"],
        "office_m2": Area ["officearea", "officeareasqm", "officespace"],
        "public_m2": Area ["publicarea", "publicspace"],
        "clinical_m2": Area ["clinicalspace", "clinicalarea"],
        "secure_m2": Area ["securearea", "securespace"],
        "storage_m2": Area ["storagearea", "storagespace"],
        "any_m2": Area,
        "desks": Number ["workstations", "deskcount", "numberofdesks", "desknumber", "workstationcapacity"],
        "parking_bays": Number ["parkingspaces", "carparkspaces", "carspaces", "numberofparkingspaces", "parkingbays"],
        "running_gbp": Money ["runningcost", "runningcosts", "annualrunningcost", "annualcost", "annualrunningcosts", "revenuecost", "operatingcost", "totalrunningcost", "buildingoperatingcost", "buildingoperationcost", "totalbuildingoperationrevenuecost", "totalbuildingoperationcost", "annualoperatingcost", "costperannum", "estatescost", "totalrevenuecost", "annualrevenuecost", "estatesandfacilitiesfinancecosts", "totalestatesandfacilitiescosts", "totalestatesandfacilitiesrunningcosts", "estatesandfacilitiesrunningcosts", "totalestatesrunningcosts", "totalpropertycost", "totaloccupancycost", "annualpropertycost", "totalrunningcosts", "totalannualrunningcost", "totalannualrunningcosts", "runningcostsperannum", "premisescost", "premisescosts", "totalpremisescost", "totalpremisescosts", "operatingcosts", "totaloperatingcost", "totaloperatingcosts", "annualomcost", "omcost", "opex", "annualopex", "totalopex", "annualoperatingandmaintenancecost", "chargesannuelles", "coutfonctionnement", "coutdefonctionnement", "coutsdefonctionnement", "betriebskosten", "custoanual", "costeanual", "ownedandotherwisemanagedannualoperatingcost"],
        "maintenance_gbp": Money ["estatesandpropertymaintenance"],
        "grounds_gbp": Money ["groundsandgardensmaintenance"],
        "hard_fm_gbp": Money ["otherhardfmestatescosts"],
        "soft_fm_gbp": Money ["othersoftfmhotelservicescosts"],
        "energy_gbp": Money ["energycostsallenergysupplies"],
        "water_gbp": Money ["waterservicescost"],
        "waste_gbp": Money ["wastecost"],
        "cleaning_gbp": Money ["cleaningservicecost"],
        "running_gbp_m2": Money ["runningcostperm2", "runningcostpersqm", "costperm2", "runningcostm2"],
        "backlog_gbp": Money ["backlog", "backlogmaintenance", "requiredmaintenance", "maintenancebacklog", "backlogcost", "riskadjustedbacklogcost", "backlogmaintenancecost", "requiredmaintenancecost", "outstandingmaintenance", "riskadjustedbacklog", "deferredmaintenance", "deferredmaintenancecost", "backlogmaintenancetotal", "totalbacklog", "totalbacklogcost", "costtoeradicatebacklog", "repairneed"],
        "backlog_high_gbp": Money ["costtoeradicatehighriskbacklog", "highriskbacklog"],
        "backlog_significant_gbp": Money ["costtoeradicatesignificantriskbacklog", "significantriskbacklog"],
        "backlog_moderate_gbp": Money ["costtoeradicatemoderateriskbacklog", "moderateriskbacklog"],
        "backlog_low_gbp": Money ["costtoeradicatelowriskbacklog", "lowriskbacklog"],
        "value_gbp": Money ["marketvalue", "assetvalue", "valuation", "openmarketvalue", "currentvalue", "netbookvalue", "value", "bookvalue", "capitalvalue", "fairvalue", "existingusevalue", "nbv", "carryingvalue", "writtendownvalue", "assetvaluation", "valeur", "valeurvenale", "valeurvenaleestimee", "assessedvalue", "appraisedvalue", "verkehrswert", "valorvenal", "valordemercado", "valuationamount", "currentassetvalue", "gwerth"],
        "valued_on": Date ["valuationdate", "dateofvaluation", "lastvaluation", "valuedon"],
        "overage_share": Share ["overage", "overagepercent", "overagepercentage", "overagepct", "overagerate", "upliftshare"],
        "overage_above_gbp": Money ["overageabove", "overagebase", "overagebasevalue", "overagethreshold", "baseprice"],
        "overage_until": Date ["overageend", "overageexpiry", "overageenddate", "overageexpirydate", "overageexpires", "overageperiodend"],
        "overage_to": Text ["overagebeneficiary", "overageowedto", "overagepayee", "overagepayableto"],
        "clawback_gbp": Money ["clawback", "clawbackamount", "grantclawback", "grantclawbackgbp", "grantrepayable", "grantrepayment", "granttorepay"],
        "clawback_until": Date ["clawbackend", "clawbackexpiry", "clawbackenddate", "clawbackexpirydate", "clawbackexpires", "grantconditionend", "grantconditionsend", "grantexpiry", "grantclawbackuntil"],
        "ring_fenced": Category ["ringfenced", "ringfence", "ringfencedreceipt", "receiptringfenced", "receiptringfence", "ringfencedto", "ringfencedfor", "earmarked", "hypothecated"],
        "part_m2": Area ["partarea", "partareasqm", "separablepartm2"],
        "part_type": Category ["parttypeofspace", "partspacetype"],
        "part_exit": Category ["partaction", "partdisposal", "parthow"],
        "part_gbp": Money ["partincome", "partrent", "partrentsaved", "partannualsum"],
        "part_cost_gbp": Money ["partcost", "partworks", "partworkscost", "separationcost", "separationworks"],
        "part_receipt_gbp": Money ["partreceipt", "partvalue", "partsaleprice", "partsalevalue", "partmarketvalue"],
        "part_from": Date ["partavailable", "partavailablefrom", "partbreak", "partbreakdate"],
        "holding_gbp": Money ["holdingcost", "vacantcost", "annualholdingcost", "securitycost"],
        "occupancy": Category ["occupancystatus", "vacancystatus", "vacant", "isvacant", "vacantyn", "vacantoroccupied", "occupiedvacant", "occupiedorvacant"],
        "lock": Category ["locked", "facilitytype", "decision", "fixedstatus"],
        "flags": Text ["constraints", "designations", "flag"],
        "listed": Category ["listedbuilding", "listedstatus", "listedbuildingstatus", "listedgrade", "listedbuildinggrade", "listing", "listinggrade", "gradelisted", "islisted", "heritagestatus", "statutorylisting"],
        "community_value": Category ["acv", "assetofcommunityvalue", "listedacv", "communityasset"],
        "covenant": Category ["covenants", "restrictivecovenant", "restrictivecovenants"],
        "offers": Text ["capabilities", "facilities", "features", "amenities"],
        "hours_per_week": Number ["openinghoursperweek", "weeklyhours", "hoursopen"],
        "evening_or_weekend": YesNo ["eveningorweekend", "eveningweekend"],
        "all_day": YesNo ["open24hours", "twentyfourhours", "24hour", "24hours"],
        "site_id": Code ["campusid", "siteid", "parentsite", "campus"],
        "site_name": Text ["campusname", "parentsitename"],
        "part_release": YesNo ["partreleasepossible", "soldseparately", "separatelysaleable", "severable"],
        "site_running_gbp": Money ["siterunningcost", "campusrunningcost"],
        "committed": Category ["commitment", "agreeddisposal", "futurecommitment", "committedchange"],
        "committed_date": Date ["commitmentdate", "disposaldate"],
        "opening_cost_gbp": Money ["openingcost"],
        "first_year": Number ["firstyear"],
        "tco2e": Number ["carbonemissions", "co2emissions", "annualco2", "annualtco2e", "carbontco2e", "co2etonnes", "tonnesco2e", "emissionstco2e", "carbon", "totalcarbonemissions", "co2", "tco2", "ghgemissionstco2e", "greenhousegasemissions"],
        "epc_liability_gbp": Money ["epcliability", "epcupgradecost", "meescost", "meesliability", "costtomeetepc", "epcimprovementcost", "costtoepcb", "costtoepcc", "energyimprovementcost", "decarbonisationcost"],
        "energy_rating": Category ["energyrating", "dpe", "classedpe", "epc", "epcrating", "energyperformancerating", "epcband", "decrating", "energyefficiencyrating", "energyperformance"],
        "condition": Category ["conditiongrade", "conditionrating", "buildingcondition", "conditioncategory", "overallcondition"],
        "space_grade": Category ["spacegrade"],
        "running_grade": Category ["runninggrade"],
        "value_grade": Category ["valuegrade"],
        "status": Category ["status", "operationalstatus", "assetstatus", "sitestatus", "organisationstatus"],
        "site_type": Category ["sitetype", "type", "use", "usage", "propertyuse", "currentuse", "mainuse", "holdingreason", "buildgthem", "buildingtheme"],
        "closed_on": Date ["closedate", "closeddate", "closuredate", "dateclosed"],
    ];

    /// Columns of a table of occupiers.
    OCCUPIER_FIELDS = [
        "occupier_id": Code ["occupierid", "teamid", "unitid", "occupationid", "id", "ref"],
        "name": Text ["occupiername", "team", "teamname", "occupier", "unit", "unitname"],
        "agency": Code ["organisation", "organisationname", "body", "department", "authority", "localauthority", "publicbody", "trustname", "employer", "owner"],
        "service": Code ["servicename", "servicetype", "function", "usage"],
        "asset_id": Code ["assetcode", "codebien", "uniqueassetid", "buildingid", "propertyid", "siteref", "sitecode", "building", "propertyref", "assetref", "property", "propertyname", "buildingname", "sitename", "site", "premises", "premisesname", "asset"],
        "uprn": Uprn ["uniquepropertyreferencenumber"],
        "space_m2": Area ["spacem2", "floorm2", "floorsqm", "floorsqft", "area", "areasqm", "floorarea", "floorspace", "occupiedarea", "sqft", "squarefeet", "nia", "niasqft", "netinternalarea", "usablearea"],
        "office_m2": Area ["officearea"],
        "public_m2": Area ["publicarea"],
        "clinical_m2": Area ["clinicalarea"],
        "secure_m2": Area ["securearea"],
        "storage_m2": Area ["storagearea"],
        "any_m2": Area,
        "fte": Number ["staff", "stafffte", "headcount", "headcountfte", "ftestaff", "ftecount", "employees", "ftes"],
        "desks_per_fte": Number ["deskratio", "desksperfte"],
        "desks": Number ["workstations", "deskcount"],
        "parking_bays": Number ["parkingspaces", "carparkspaces"],
        "visits_per_year": Number ["visits", "annualvisits", "footfall", "visitors", "visitsperyear"],
        "visits_capacity": Number ["maxvisits", "capacityvisits", "visitscapacityperyear"],
        "needs": Text ["requirements", "requires"],
        "movable": YesNo ["moveable", "canmove", "movable"],
        "immovable_reason": Text ["reason", "immovablereason", "whyfixed"],
        "lock": Category ["locked"],
        "hours_per_week": Number ["openinghoursperweek", "weeklyhours"],
        "evening_or_weekend": YesNo ["eveningorweekend"],
        "all_day": YesNo ["open24hours", "24hours"],
    ];

    /// Columns of a plain list of open service points.
    POINT_FIELDS = [
        "point_id": Code ["id", "ref", "urn", "uniquereferencenumber", "organisationcode", "sitecode", "practicecode", "odscode", "code", "organisationid", "cqcid", "siteid", "objectid", "fid"],
        "uprn": Uprn ["uniquepropertyreferencenumber", "uniquepropertyreferencenumberuprn"],
        "name": Text ["stationname", "organisationname", "libraryname", "practicename", "sitename", "establishmentname", "propertyname", "branchname", "officename", "title", "station", "premises", "communityhub", "providername", "postofficename", "branch", "site", "label", "library", "distname", "surgeryname", "gpname", "pharmacyname", "hospitalname", "schoolname", "facilityname", "facname", "nom", "nome", "nombre", "naam", "bezeichnung", "enw", "servicename", "nomdusite"],
        "address": Text ["fulladdress", "stationaddress", "address1", "addressline1", "streetaddress", "streetname", "street", "siteaddress", "adresse", "endereco", "direccion", "adres", "strasse"],
        "town": Text ["posttown", "city", "locality", "towncity", "commune", "ville", "ort", "stadt", "municipio"],
        "postcode": Postcode ["postalcode", "zip", "zipcode", "stationpostcode", "pcode", "pcd", "pcds", "practicepostcode", "plz", "codepostal", "cep", "codigopostal", "codpost", "post", "zip5"],
        "lon": Coordinate ["long", "longitude", "lng", "geolon", "geolong", "longitudewgs84", "pointx", "shapex", "lengtegraad", "longitudedd"],
        "lat": Coordinate ["latitude", "geolat", "latitudewgs84", "pointy", "shapey", "breedtegraad", "latitudedd"],
        "easting": Coordinate ["eastings", "dwyreiniad", "east", "geox", "x", "xcoord", "xcoordinate", "coordx", "stationeasting", "osgbeasting", "gridx", "coordinatex", "coordonneex", "coordenadax", "rechtswert", "ostwert", "eastingm", "xlambert93", "xlambert", "lambertx", "xl93", "coordxl93", "xutm", "utmx", "utme", "utmeasting", "xitm", "itmx", "itme", "itmeasting", "irishgrideasting", "igeasting", "xrd", "rdx", "bngeasting", "bngx", "xcoordinateosgb"],
        "northing": Coordinate ["northings", "gogleddiad", "north", "geoy", "y", "ycoord", "ycoordinate", "coordy", "stationnorthing", "osgbnorthing", "gridy", "coordinatey", "coordonneey", "coordenaday", "hochwert", "nordwert", "northingm", "ylambert93", "ylambert", "lamberty", "yl93", "coordyl93", "yutm", "utmy", "utmn", "utmnorthing", "yitm", "itmy", "itmn", "itmnorthing", "irishgridnorthing", "ignorthing", "yrd", "rdy", "bngnorthing", "bngy", "ycoordinateosgb"],
        "grid": Text ["gridreference", "coordonnees", "coordenadas", "koordinaten", "coordinaten", "coordonneesgps", "gridref", "mapreference", "osgridreference", "coordinates", "latlong", "latlng", "geopoint", "geopoint2d", "geolocation"],
        "crs": Text ["coordinatereferencesystem", "srs", "srid", "epsg", "projection", "coordinatesystem", "koordinatensystem", "koordinatsystem", "bezugssystem", "systemedecoordonnees", "sistemadecoordenadas"],
        "visits_per_year": Number ["visits", "annualvisits", "footfall"],
        "visits_capacity": Number ["maxvisits", "capacityvisits", "visitscapacityperyear"],
        "space_m2": Area ["floorarea", "floorspace", "buildingsize"],
        "fte": Number ["staff", "stafffte"],
        "hours_per_week": Number ["weeklyhours", "openinghoursperweek"],
        "status": Category ["organisationstatus", "sitestatus"],
        "closed_on": Date ["closedate", "closeddate", "dateclosed", "enddate"],
    ];

    /// Columns of a table of zones.
    ZONE_FIELDS = [
        "zone_id": Code ["zone", "cdgeocodi", "cdgeocmu", "lsoa21cd", "lsoa21code", "lsoacd", "lsoacode", "lsoa11cd", "lsoa11code", "oa21cd", "oa11cd", "oacode", "areacode", "geographycode", "msoa21cd", "msoa11cd", "geoid", "geoid20", "datazone", "datazonecode", "dz2011code", "hexid", "h3", "tract", "soacode", "sa2021", "zonecode", "iris", "codeiris", "code", "id", "gid", "lowerlayersuperoutputareascode", "lowerlayersuperoutputareacode", "lowersuperoutputareacode", "mnemonic", "dzcode", "dz21cd", "dz2021code", "dz2021cd", "smallarea", "outputarea", "outputareacode", "wardcode", "wardcd", "msoacode", "codeinsee", "insee", "inseecom", "codecommune", "depcom", "ags", "cdsetor", "setor", "codigosetor", "geocodigo", "cusec", "seccioncensal", "sa1code", "sa12021code", "sa1code2021", "dguid", "dauid", "meshblock", "censustract", "fips", "fipscode", "countyfips", "stfid", "tractid", "areakey", "trtid", "ctcode", "geoidfq", "affgeoid", "gsscode", "onscode", "areacd", "lsoa2021code", "lsoa2011code", "msoa2021code", "msoa2011code", "oa2021code", "h3index", "geoid10"],
        "name": Text ["lsoa21nm", "lsoa11nm", "lsoaname", "lsoa21name", "areaname", "geography", "zonename", "msoa21nm", "namelsad", "label", "datazonename", "dzname", "lowerlayersuperoutputareas", "wardname", "areanm", "nomiris", "libiris", "nomcommune", "commune", "libgeo", "nmsetor", "lsoa2021name", "lsoa2011name", "msoa2021name", "namelsad20", "namelsad10", "dz2021name", "dz2021nm"],
        "lon": Coordinate ["long", "longitude", "lng", "centroidlon", "intptlon", "intptlong", "longitud", "x84", "lengtegraad", "longitudedd", "intptlon20", "intptlon10", "centroidlongitude"],
        "lat": Coordinate ["latitude", "centroidlat", "intptlat", "y84", "breedtegraad", "latitudedd", "intptlat20", "intptlat10", "centroidlatitude"],
        "easting": Coordinate ["eastings", "dwyreiniad", "bnge", "x", "geox", "centroideasting", "east", "coordinatex", "coordonneex", "coordenadax", "rechtswert", "ostwert", "eastingm", "xlambert93", "xlambert", "lambertx", "xl93", "coordxl93", "xutm", "utmx", "utme", "utmeasting", "xitm", "itmx", "itme", "itmeasting", "irishgrideasting", "igeasting", "xrd", "rdx", "bngeasting", "bngx", "xcoordinateosgb"],
        "northing": Coordinate ["northings", "gogleddiad", "bngn", "y", "geoy", "centroidnorthing", "north", "coordinatey", "coordonneey", "coordenaday", "hochwert", "nordwert", "northingm", "ylambert93", "ylambert", "lamberty", "yl93", "coordyl93", "yutm", "utmy", "utmn", "utmnorthing", "yitm", "itmy", "itmn", "itmnorthing", "irishgridnorthing", "ignorthing", "yrd", "rdy", "bngnorthing", "bngy", "ycoordinateosgb"],
        "crs": Text ["coordinatereferencesystem", "srs", "srid", "epsg", "projection", "coordinatesystem", "koordinatensystem", "koordinatsystem", "bezugssystem", "systemedecoordonnees", "sistemadecoordenadas"],
        "population": Number ["pop", "allages", "totalpopulation", "usualresidents", "residents", "total", "allpersons", "persons", "poptotal", "populationestimate", "totalpop", "allpeople", "allusualresidents", "usualresidentpopulation", "totalusualresidents", "totalpersons", "residentpopulation", "einwohner", "einwohnerzahl", "bevolkerung", "poblacion", "poblaciontotal", "populacao", "populacaototal", "populationtotale", "p19pop", "p20pop", "p21pop", "p22pop", "inwoners", "poblaeth"],
    ];
}

/// Whether a cell is the name of any column we know, in any table.
pub(super) fn is_known_name(cell: &str) -> bool {
    let name = super::normalise(cell);
    !name.is_empty()
        && [BUILDING_FIELDS, OCCUPIER_FIELDS, POINT_FIELDS, ZONE_FIELDS]
            .iter()
            .flat_map(|fields| fields.iter())
            .any(|field| {
                super::normalise(field.name) == name || field.aliases.contains(&name.as_str())
            })
}
