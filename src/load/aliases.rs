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
        "asset_id": Code ["assetcode", "uniqueassetid", "uniqueassetidentity", "assetid", "assetref", "assetreference", "assetnumber", "assetno", "propertyid", "propertyref", "propertyreference", "propertycode", "propertynumber", "siteref", "sitereference", "sitecode", "buildingid", "buildingcode", "buildingref", "buildingnumber", "epimsid", "epimspropertyid", "epimsbuildingid", "holdingref", "holdingreference", "premisesid", "lasiteref", "asset", "ref", "reference", "id", "objectid", "fid", "rpuid", "realpropertyuniqueidentifier", "locationcode", "identifiant", "objektnummer", "buildingnbr", "bldgid", "siteid"],
        "uprn": Uprn ["uniquepropertyreferencenumber", "uniquepropertyreferencenumberuprn", "propertyuprn", "uprnno"],
        "name": Text ["propertyname", "nameofbuildingland", "buildingname", "sitename", "assetname", "assetdescription", "propertydescription", "premises", "premisesname", "landandbuildingname", "nameofthebuildingland", "nameofbuildingorland", "stationname", "establishmentname", "organisationname", "site", "property", "building", "station", "title", "label", "distname", "sitenameaddress", "realpropertyassetname", "assettitle", "propertytitle", "nom", "bezeichnung", "objekt", "objektbezeichnung", "bldgname", "facilityname", "designation"],
        "address": Text ["fulladdress", "propertyaddress", "siteaddress", "stationaddress", "address1", "addressline1", "location", "addresstext", "postaladdress", "adresse", "addr", "anschrift", "streetaddressline1"],
        "street_number": Text ["no", "streetnumber", "streetno", "number", "housenumber", "propertynumber", "buildingno", "streetnumbers", "hausnummer", "hausnr", "numerovoie"],
        "street": Text ["streetname", "road", "roadname", "thoroughfare", "streetaddress", "rue", "voie", "strasse", "straße"],
        "town": Text ["posttown", "towncity", "city", "locality", "town", "settlement", "ville", "commune", "ort", "stadt", "municipality"],
        "postcode": Postcode ["post code", "postalcode", "zip", "zipcode", "stationpostcode", "sitepostcode", "propertypostcode", "pcode", "pcd", "pcds", "ukpostcode", "plz", "codepostal", "zipcode5", "cp", "postleitzahl"],
        "lon": Coordinate ["long", "longitude", "lng", "geolon", "geolong", "longitudewgs84", "xlon", "lon84", "pointx", "lonwgs84", "längengrad", "laengengrad", "longitud"],
        "lat": Coordinate ["latitude", "geolat", "latitudewgs84", "ylat", "lat84", "pointy", "latwgs84", "breitengrad", "latitud"],
        "easting": Coordinate ["eastings", "east", "geox", "x", "xcoord", "xcoordinate", "coordx", "stationeasting", "osgbeasting", "gridx", "osx", "xbng", "mapeast", "oseasting", "propertyeasting", "oseastings", "siteeasting"],
        "northing": Coordinate ["northings", "north", "geoy", "y", "ycoord", "ycoordinate", "coordy", "stationnorthing", "osgbnorthing", "gridy", "osy", "ybng", "mapnorth", "osnorthing", "propertynorthing", "osnorthings", "sitenorthing"],
        "grid": Text ["gridreference", "gridref", "mapreference", "osgridreference", "osgridref", "ngr", "coordinates", "coordinate", "xy", "latlong", "latlng", "geopoint", "geopoint2d", "eastingnorthing", "location1", "geolocation", "maplocation"],
        "crs": Text ["coordinatereferencesystem", "srs", "srid", "epsg", "projection", "coordinatesystem"],
        "agency": Category ["organisation", "organisationlabel", "authority", "localauthority", "owner", "holdingbody", "department", "trustname", "publicbody"],
        "tenure": Category ["tenuretype", "tenure", "interest", "interestheld", "holdingtenure", "tenurecategory", "legalinterest", "tenurestatus", "ownedorleased", "ownedleased", "ownershiptype"],
        "tenure_detail": Category ["tenuredetail", "tenurecategory", "tenuredescription", "tenuredetails", "occupiedby", "interestdetail"],
        "holding_type": Category ["holdingtype", "landorbuilding", "assettype", "propertytype", "landbuilding", "assetcategory"],
        "lease_start": Date ["leasestart", "leasestartdate", "leasecommencement", "startdateoflease", "leasecommencementdate", "termstart"],
        "lease_expiry": Date ["leaseend", "leaseenddate", "leaseexpiry", "leaseexpirydate", "expirydate", "termend", "leaseexpiration", "leasetermination", "enddateoflease", "leaseexpirationdate", "datefinbail", "mietende"],
        "lease_break": Dates ["leasebreak", "leasebreakdate", "breakdate", "breakoption", "breakdates", "earliestbreakdate", "nextbreakdate", "breakoptiondate", "tenantbreakdate"],
        "notice_months": Number ["breaknoticemonths", "noticeperiodmonths", "breaknotice", "noticeperiod", "breaknoticeterm", "noticemonths"],
        "break_penalty_gbp": Money ["breakpenalty", "breakpenaltygbp", "penalty"],
        "rent_gbp": Money ["rent", "annualrent", "rentpa", "passingrent", "currentrent", "rentpayable", "annualrentgbp", "rentperannum", "rentgbp", "annualrentgbppa", "loyer", "loyerannuel", "jahresmiete", "miete"],
        "rates_gbp": Money ["rates", "businessrates", "nndr", "ratespayable", "annualrates", "ratesgbp", "businessratespayable"],
        "may_sublet": YesNo ["maysublet", "sublettingallowed", "alienation"],
        "floor_area_m2": Area ["buildingsize", "floorarea", "gia", "grossinternalarea", "grossinternalfloorarea", "giam2", "floorspace", "totalfloorarea", "grossfloorarea", "giasqm", "floorareasqm", "size", "sizem2", "buildingarea", "floorareagia", "areagia", "totalgia", "internalarea", "grossarea", "giasqft", "floorareasqft", "grosssquarefeet", "grosssqft", "buildingrentablesquarefeet", "rentablesquarefeet", "squarefeet", "sqft", "squarefootage", "bldgsqft", "surface", "surfacem2", "surfacetotale", "fläche", "flaeche", "bgf", "bruttogrundfläche", "grossinternalareagia", "giafloorarea"],
        "usable_m2": Area ["nia", "netinternalarea", "niam2", "usablearea", "niasqm", "netinternalfloorarea", "netusablearea", "netarea", "niasqft", "lettablearea", "netlettablearea", "occupiedfloorarea", "nutzfläche", "nutzflaeche", "ngf", "surfaceutile", "totalareanetinternal", "netinternalareania"],
        "land_area": Land ["landarea", "sitearea", "areaha", "hectares", "plotarea", "landareaha", "siteareaha", "areahectares", "landsize", "siteareahectares", "acreage", "acres", "landareaowned", "landareaownedhectares", "sitehectares"],
        "office_m2": Area ["officearea", "officeareasqm", "officespace"],
        "public_m2": Area ["publicarea", "publicspace"],
        "clinical_m2": Area ["clinicalspace", "clinicalarea"],
        "secure_m2": Area ["securearea", "securespace"],
        "storage_m2": Area ["storagearea", "storagespace"],
        "any_m2": Area,
        "desks": Number ["workstations", "deskcount", "numberofdesks", "desknumber", "workstationcapacity"],
        "parking_bays": Number ["parkingspaces", "carparkspaces", "carspaces", "numberofparkingspaces", "parkingbays"],
        "running_gbp": Money ["runningcost", "runningcosts", "annualrunningcost", "annualcost", "annualrunningcosts", "revenuecost", "operatingcost", "totalrunningcost", "buildingoperatingcost", "buildingoperationcost", "totalbuildingoperationrevenuecost", "totalbuildingoperationcost", "annualoperatingcost", "costperannum", "estatescost", "totalrevenuecost", "annualrevenuecost", "estatesandfacilitiesfinancecosts", "totalestatesandfacilitiesrunningcosts", "estatesandfacilitiesrunningcosts", "totalestatesrunningcosts", "totalpropertycost", "totaloccupancycost", "annualpropertycost"],
        "running_gbp_m2": Money ["runningcostperm2", "runningcostpersqm", "costperm2", "runningcostm2"],
        "backlog_gbp": Money ["backlog", "backlogmaintenance", "requiredmaintenance", "maintenancebacklog", "backlogcost", "riskadjustedbacklogcost", "backlogmaintenancecost", "requiredmaintenancecost", "outstandingmaintenance", "riskadjustedbacklog", "backlogmaintenancetotal", "totalbacklog", "totalbacklogcost", "costtoeradicatebacklog"],
        "value_gbp": Money ["marketvalue", "assetvalue", "valuation", "openmarketvalue", "currentvalue", "netbookvalue", "value", "bookvalue", "capitalvalue", "fairvalue", "existingusevalue"],
        "valued_on": Date ["valuationdate", "dateofvaluation", "lastvaluation", "valuedon"],
        "holding_gbp": Money ["holdingcost", "vacantcost", "annualholdingcost", "securitycost"],
        "occupancy": Category ["occupancystatus", "vacancystatus"],
        "lock": Category ["locked", "facilitytype", "decision", "fixedstatus"],
        "flags": Text ["constraints", "designations", "flag"],
        "offers": Text ["capabilities", "facilities", "features", "amenities"],
        "hours_per_week": Number ["openinghoursperweek", "weeklyhours", "hoursopen"],
        "evening_or_weekend": YesNo ["eveningorweekend", "eveningweekend"],
        "all_day": YesNo ["open24hours", "twentyfourhours", "24hour", "24hours"],
        "site_id": Code ["campusid", "siteid", "parentsite", "campus"],
        "site_name": Text ["campusname", "parentsitename"],
        "site_running_gbp": Money ["siterunningcost", "campusrunningcost"],
        "committed": Category ["commitment", "agreeddisposal", "futurecommitment", "committedchange"],
        "committed_date": Date ["commitmentdate", "disposaldate"],
        "opening_cost_gbp": Money ["openingcost"],
        "first_year": Number ["firstyear"],
        "energy_rating": Category ["energyrating", "epc", "epcrating", "energyperformancerating", "epcband", "decrating", "energyefficiencyrating", "energyperformance"],
        "condition": Category ["conditiongrade", "conditionrating", "buildingcondition", "conditioncategory", "overallcondition"],
        "space_grade": Category ["spacegrade"],
        "running_grade": Category ["runninggrade"],
        "value_grade": Category ["valuegrade"],
        "status": Category ["status", "operationalstatus", "assetstatus", "sitestatus", "organisationstatus"],
        "site_type": Category ["sitetype", "type", "use", "usage", "propertyuse", "currentuse", "mainuse", "holdingreason", "buildgthem", "buildingtheme"],
        "closed_on": Date ["closedate", "closeddate", "closuredate", "dateclosed", "enddate"],
    ];

    /// Columns of a table of occupiers.
    OCCUPIER_FIELDS = [
        "occupier_id": Code ["occupierid", "teamid", "unitid", "occupationid", "id", "ref"],
        "name": Text ["occupiername", "team", "teamname", "occupier", "unit", "unitname"],
        "agency": Code ["organisation", "organisationname", "body", "department"],
        "service": Code ["servicename", "servicetype", "function", "usage"],
        "asset_id": Code ["assetcode", "uniqueassetid", "buildingid", "propertyid", "siteref", "sitecode", "building", "propertyref", "assetref"],
        "uprn": Uprn ["uniquepropertyreferencenumber"],
        "space_m2": Area ["spacem2", "area", "areasqm", "floorarea", "floorspace", "occupiedarea"],
        "office_m2": Area ["officearea"],
        "public_m2": Area ["publicarea"],
        "clinical_m2": Area ["clinicalarea"],
        "secure_m2": Area ["securearea"],
        "storage_m2": Area ["storagearea"],
        "any_m2": Area,
        "fte": Number ["staff", "stafffte", "headcount", "ftestaff", "employees", "ftes"],
        "desks_per_fte": Number ["deskratio", "desksperfte"],
        "desks": Number ["workstations", "deskcount"],
        "parking_bays": Number ["parkingspaces", "carparkspaces"],
        "visits_per_year": Number ["visits", "annualvisits", "footfall", "visitors", "visitsperyear"],
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
        "name": Text ["stationname", "organisationname", "libraryname", "practicename", "sitename", "establishmentname", "propertyname", "branchname", "officename", "title", "station", "premises", "communityhub", "providername", "postofficename", "branch", "site", "label", "library", "distname"],
        "address": Text ["fulladdress", "stationaddress", "address1", "addressline1", "streetaddress", "streetname", "street", "siteaddress"],
        "town": Text ["posttown", "city", "locality", "towncity"],
        "postcode": Postcode ["postalcode", "zip", "zipcode", "stationpostcode", "pcode", "pcd", "pcds", "practicepostcode", "plz", "codepostal"],
        "lon": Coordinate ["long", "longitude", "lng", "geolon", "geolong", "longitudewgs84", "pointx"],
        "lat": Coordinate ["latitude", "geolat", "latitudewgs84", "pointy"],
        "easting": Coordinate ["eastings", "east", "geox", "x", "xcoord", "xcoordinate", "coordx", "stationeasting", "osgbeasting", "gridx"],
        "northing": Coordinate ["northings", "north", "geoy", "y", "ycoord", "ycoordinate", "coordy", "stationnorthing", "osgbnorthing", "gridy"],
        "grid": Text ["gridreference", "gridref", "mapreference", "osgridreference", "coordinates", "latlong", "latlng", "geopoint", "geopoint2d", "geolocation"],
        "crs": Text ["coordinatereferencesystem", "srs", "srid", "epsg"],
        "visits_per_year": Number ["visits", "annualvisits", "footfall"],
        "space_m2": Area ["floorarea", "floorspace", "buildingsize"],
        "fte": Number ["staff", "stafffte"],
        "hours_per_week": Number ["weeklyhours", "openinghoursperweek"],
        "status": Category ["organisationstatus", "sitestatus"],
        "closed_on": Date ["closedate", "closeddate", "dateclosed", "enddate"],
    ];

    /// Columns of a table of zones.
    ZONE_FIELDS = [
        "zone_id": Code ["zone", "lsoa21cd", "lsoa21code", "lsoacd", "lsoacode", "lsoa11cd", "lsoa11code", "oa21cd", "oa11cd", "oacode", "areacode", "geographycode", "msoa21cd", "msoa11cd", "geoid", "geoid20", "datazone", "datazonecode", "dz2011code", "hexid", "h3", "tract", "soacode", "sa2021", "zonecode", "iris", "codeiris", "code", "id", "gid"],
        "name": Text ["lsoa21nm", "lsoa11nm", "lsoaname", "lsoa21name", "areaname", "geography", "zonename", "msoa21nm", "namelsad", "label"],
        "lon": Coordinate ["long", "longitude", "lng", "centroidlon", "intptlon", "x84"],
        "lat": Coordinate ["latitude", "centroidlat", "intptlat", "y84"],
        "easting": Coordinate ["eastings", "bng e", "bnge", "x", "geox", "centroideasting", "east"],
        "northing": Coordinate ["northings", "bng n", "bngn", "y", "geoy", "centroidnorthing", "north"],
        "crs": Text ["coordinatereferencesystem", "srs", "srid", "epsg"],
        "population": Number ["pop", "allages", "totalpopulation", "usualresidents", "residents", "total", "allpersons", "persons", "poptotal", "populationestimate", "totalpop"],
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
