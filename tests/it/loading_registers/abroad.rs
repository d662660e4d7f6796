//! Registers of other countries: their words, decimals, currencies and units.

use super::reader::{register, register_with};

#[test]
fn a_french_list_in_latin_1_with_degrees_is_read() {
    let text = "Identifiant;Désignation;Adresse;Code postal;Commune;Code_INSEE;Latitude;Longitude;Surface (m²);Loyer annuel (€);Échéance bail;Statut juridique\n\
                BAT-001;Hôtel de Ville;1 place de la Mairie;37000;Tours;37261;47,3900;0,6890;4 250,5;0;;Propriété\n\
                BAT-002;Bibliothèque centrale;2 bis avenue André Malraux;37000;Tours;37261;47,3968;0,6886;6 100;125 000,00 €;31/12/2031;Location\n\
                BAT-003;Mairie annexe;3 rue de la Paix;37100;Tours;37261;47,4150;0,6990;780;n.c.;30/06/2028;Location\n";
    let bytes: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '€' => 0x80,
            c => u8::try_from(u32::from(c)).expect("Latin-1"),
        })
        .collect();
    let read = register_with("patrimoine.csv", bytes, (0.69, 47.39), "");
    assert_eq!(
        read.facts("BAT-001", "name postcode at gross tenure"),
        "name=Hôtel de Ville postcode=37000 at=0.689,47.390 gross=4250.5 tenure=Freehold"
    );
    assert_eq!(
        read.facts("BAT-002", "rent expiry tenure"),
        "rent=125000 expiry=2031-12-31 tenure=Leasehold"
    );
    assert_eq!(read.says("currency", "Loyer annuel (€)"), 1);
    assert_eq!(
        (read.says("encoding", "*"), read.says("delimiter", "*")),
        (1, 1)
    );
}

#[test]
fn a_german_list_with_points_between_thousands_is_read() {
    let read = register(
        "Objektnummer\tBezeichnung\tStraße\tHausnummer\tPLZ\tOrt\tNutzfläche (m²)\tBruttogrundfläche (m²)\tVerkehrswert (EUR)\tJahresmiete (EUR)\tBreitengrad\tLängengrad\n\
         1001\tRathaus\tRathausplatz\t1\t01067\tDresden\t3.150,25\t4.200,5\t1.234.567,89\t-\t51,0504\t13,7373\n\
         1002\tBürgeramt\tHauptstraße\t12\t01097\tDresden\t800\t1.050\t950.000,00\t48.000,00\t51,0620\t13,7450\n",
        (13.74, 51.05),
    );
    assert_eq!(
        read.facts("1001", "postcode address gross usable value at"),
        "postcode=01067 address=1 Rathausplatz, Dresden gross=4200.5 usable=3150.2 value=1234567.89 at=13.737,51.050"
    );
    assert_eq!(read.facts("1002", "gross rent"), "gross=1050.0 rent=48000");
    assert_eq!(read.says("currency", "Verkehrswert (EUR)"), 1);
}

#[test]
fn a_brazilian_list_is_read() {
    let read = register(
        "Código;Nome;Endereço;Bairro;Município;CEP;Área construída (m²);Valor venal (R$);Aluguel anual (R$);Latitude;Longitude\n\
         12;Centro Administrativo;Rua dos Andradas, 1001;Centro Histórico;Porto Alegre;90020-007;5.320,75;R$ 12.450.000,00;R$ 0,00;-30,0331;-51,2300\n\
         13;Posto de Saúde Modelo;Av. Jerônimo de Ornelas, 55;Santana;Porto Alegre;90040-341;1.980,00;R$ 3.100.000,00;R$ 18.000,50;-30,0410;-51,2130\n",
        (-51.22, -30.03),
    );
    assert_eq!(
        read.facts("12", "name postcode gross value rent at"),
        "name=Centro Administrativo postcode=90020-007 gross=5320.8 value=12450000 rent=0 at=-51.230,-30.033"
    );
    assert_eq!(read.facts("13", "rent gross"), "rent=18000.5 gross=1980.0");
    assert_eq!(read.says("currency", "*"), 2);
}

#[test]
fn an_american_list_in_square_feet_is_read() {
    let read = register(
        "Bldg ID|Building Name|Street Address|City|State|ZIP Code|Gross Sq Ft|Usable SqFt|Annual Rent ($)|Lease Expiration Date|Owned/Leased|Latitude|Longitude\n\
         NH0001|Federal Building|1 Main St|Concord|NH|03301|\"10,764\"|\"8,611\"|0||Owned|43.2067|-71.5381\n\
         NH0002|Court House|9 Oak St|Concord|NH|03302-1234|5382|5000|\"$125,000\"|12/31/2031|Leased|43.2001|-71.5402\n\
         NH0003|Annex|11 Oak St|Concord|NH|03302|2000|1800|\"$30,000\"|06/30/2029|Leased|43.2002|-71.5404\n",
        (-71.54, 43.20),
    );
    assert_eq!(
        read.facts("NH0001", "postcode gross usable tenure at"),
        "postcode=03301 gross=1000.0 usable=800.0 tenure=Freehold at=-71.538,43.207"
    );
    assert_eq!(
        read.facts("NH0002", "postcode rent expiry tenure"),
        "postcode=03302-1234 rent=125000 expiry=2031-12-31 tenure=Leasehold"
    );
    assert_eq!(read.says("delimiter", "*"), 1);
    assert_eq!(read.says("currency", "Annual Rent ($)"), 1);
}

#[test]
fn a_spanish_list_is_read() {
    let read = register(
        "Código;Nombre;Dirección;Localidad;Código postal;Superficie construida (m²);Alquiler anual (€);Titularidad;Longitud;Latitud\n\
         0001;Casa Consistorial;Plaza Mayor 1;Salamanca;37002;\"3.456,7\";;Propiedad;-5,6637;40,9650\n\
         0002;Biblioteca Torrente Ballester;Paseo de los Olivos 10;Salamanca;37005;2.900;\"24.000,00\";Arrendamiento;-5,6750;40,9720\n",
        (-5.66, 40.96),
    );
    assert_eq!(
        read.facts("0001", "name postcode gross at"),
        "name=Casa Consistorial postcode=37002 gross=3456.7 at=-5.664,40.965"
    );
    assert_eq!(read.facts("0002", "rent"), "rent=24000");
}

#[test]
fn an_australian_list_in_degrees_is_read() {
    let read = register(
        "Asset Number,Facility Name,Suburb,Postcode,GFA (m2),Condition Rating,Book Value ($),latitude,longitude\n\
         A-17,Town Hall,Fremantle,6160,\"2,340.50\",3,\"4,500,000\",-32.0540,115.7470\n\
         A-18,Library,Fremantle,6160,1200,2,\"2,100,000\",-32.0545,115.7480\n",
        (115.75, -32.05),
    );
    assert_eq!(
        read.facts("A-17", "postcode gross condition value at"),
        "postcode=6160 gross=2340.5 condition=3 value=4500000 at=115.747,-32.054"
    );
}

#[test]
fn what_a_heading_says_its_sums_are_for_is_believed() {
    let read = register(
        "ID,Name,Monthly rent (£),Rent (£/sq ft),Running cost (£/m2),NBV 31/03/24 (£000)\n1,Hall,\"1,500\",12.50,85,2400\n",
        (-2.32, 53.42),
    );
    assert_eq!(
        read.facts("1", "rent running value"),
        "rent=18000 running=0 value=2400000"
    );
    assert_eq!(
        read.finding("sum-per-period").column.as_deref(),
        Some("Monthly rent (£)")
    );
}

#[test]
fn a_rent_for_each_square_foot_is_no_rent_of_the_building() {
    let read = register(
        "ID,Name,Rent (£ per sq ft),Cost £/m2\n1,Hall,12.50,85\n",
        (-2.32, 53.42),
    );
    assert_eq!(read.facts("1", "rent running"), "rent=0 running=0");
}

#[test]
fn a_row_that_names_its_own_unit_is_converted() {
    let read = register(
        "ID,Name,Floor area,Unit\n1,Hall,950,m2\n2,Office,\"12,000\",sq ft\n3,Shop,1200 sq ft,m2\n",
        (-2.32, 53.42),
    );
    assert_eq!(read.facts("1", "gross"), "gross=950.0");
    assert_eq!(read.facts("2", "gross"), "gross=1114.8");
    assert_eq!(read.facts("3", "gross"), "gross=111.5");
    assert_eq!(read.says("unit-converted", "Floor area"), 2);
}

#[test]
fn a_german_space_register_with_thousands_of_euros_is_read() {
    let read = register(
        "Liegenschafts-Nr.;Objektbezeichnung;Straße;Haus-Nr.;PLZ;Ort;Eigentum/Anmietung;BGF in m²;NUF (m²);Bewirtschaftungskosten (€/Jahr);Instandhaltungsrückstau (T€);Jahresmiete (netto kalt);Mietvertragsende;Rechtswert (ETRS89/UTM 33N);Hochwert (ETRS89/UTM 33N)\n\
         12;Rathaus;Allee;31;10178;Berlin;Eigentum;24.350,50;15.200,00;1.250.000,--;2.400;;;392700,5;5820100,2\n\
         13;Bürgeramt;Osloer Straße;36;13359;Berlin;Anmietung;1.980;1.450,5;98.000;;237.600,00 €;30.09.2028;390300;5824300\n\
         14;Schule;Parkweg;2;13359;Berlin;vermietet;900;700;;;;;390400;5824400\n\
         Summe;;;;;;;27.230,50;17.350,50;1.348.000,00;2.400;;;;\n",
        (13.42, 52.52),
    );
    assert_eq!(read.count(), 3);
    assert_eq!(
        read.facts("12", "gross usable tenure running backlog at"),
        "gross=24350.5 usable=15200.0 tenure=Freehold running=1250000 backlog=2400000 at=13.419,52.520"
    );
    assert_eq!(
        read.facts("13", "tenure rent expiry"),
        "tenure=Leasehold rent=237600 expiry=2028-09-30"
    );
    assert_eq!(read.facts("14", "tenure"), "tenure=LetOut");
}

#[test]
fn scandinavian_lists_are_read() {
    let danish = register(
        "Ejendomsnr;Navn;Adresse;Postnr;By;Ejerforhold;Bruttoetageareal (m2);Driftsudgifter (kr./år);Huslejeudgift;Lejemål udløber;Energimærke;UTM32 Øst;UTM32 Nord\n\
         1001;Rådhuset;Rådhuspladsen 2;8000;Aarhus C;Ejet;19.380;6.500.000;;;D;574300;6223600\n\
         1003;Jobcenter;Værkmestergade 5;8000;Aarhus C;Lejet;7.900,5;1.150.000;9.480.000 kr.;31-12-2029;C;574600;6223000\n\
         1004;Depot;Havnen 1;8000;Aarhus C;Udlejet;700;;;;A++;574700;6223100\n",
        (10.2, 56.15),
    );
    assert_eq!(
        danish.facts("1001", "name postcode gross running tenure energy at"),
        "name=Rådhuset postcode=8000 gross=19380.0 running=6500000 tenure=Freehold energy=D at=10.196,56.152"
    );
    assert_eq!(
        danish.facts("1003", "gross tenure rent expiry"),
        "gross=7900.5 tenure=Leasehold rent=9480000 expiry=2029-12-31"
    );
    assert_eq!(
        danish.facts("1004", "tenure energy"),
        "tenure=LetOut energy=A++"
    );
    let swedish = register(
        "Objekt;Adress;Postnummer;Ort;Ägande;BTA m2;LOA m2;Driftkostnad (kr/år);Hyra (kr/år);Kontraktstid t.o.m.;N_SWEREF99TM;E_SWEREF99TM\n\
         Stadshuset;Hantverkargatan 1;111 52;Stockholm;Ägd;28 000;19 500;21 000 000;;;6580600;673700\n\
         Kontoret;Kista Gårdsväg 6;164 44;Kista;Inhyrd;1 200,5;1 050;;2 450 000;2028-09-30;6589800;666500\n",
        (18.05, 59.33),
    );
    assert_eq!(
        swedish.facts("Kontoret", "gross usable tenure rent expiry at"),
        "gross=1200.5 usable=1050.0 tenure=Leasehold rent=2450000 expiry=2028-09-30 at=17.934,59.414"
    );
}

#[test]
fn an_italian_list_with_its_total_is_read() {
    let read = register(
        "Codice Immobile;Denominazione Immobile;Indirizzo;Civico;Comune;CAP;Superficie lorda (mq);Titolo di utilizzo;Canone annuo (€);Scadenza contratto;Latitudine;Longitudine\n\
         I1;Palazzo Comunale;Piazza della Libertà;1;Alessandria;15121;4.560,00;Proprietà;;;44,9128;8,6150\n\
         I2;Biblioteca;Piazza Vittorio;1;Alessandria;15121;2.100;Locazione passiva;98.000,00;31/12/2026;44,9105;8,6172\n\
         TOTALE;;;;;;6.660,00;;98.000,00;;;\n",
        (8.615, 44.91),
    );
    assert_eq!(read.count(), 2);
    assert_eq!(
        read.facts("I2", "name postcode gross tenure rent expiry at"),
        "name=Biblioteca postcode=15121 gross=2100.0 tenure=Leasehold rent=98000 expiry=2026-12-31 at=8.617,44.910"
    );
}

#[test]
fn polish_in_windows_1250_and_japanese_in_shift_jis_are_read() {
    let polish = "Lp.;Nazwa obiektu;Adres;Kod pocztowy;Miejscowość;Forma władania;Powierzchnia użytkowa (m2);Wartość księgowa (zł);Koszty utrzymania rocznie (zł);Szerokość geogr.;Długość geogr.\n\
        1;Urząd Miasta;ul. Rynek 1;31-004;Kraków;własność;4 560,50;12 450 000,00 zł;890 000,00;50,0614;19,9372\n\
        2;Przychodnia;ul. Długa 38;31-146;Kraków;najem;820,75;;95 000;50,0690;19,9390\n\
        Razem;;;;;;5 381,25;;985 000,00;;\n";
    // A few letters of windows-1250 suffice here.
    let bytes: Vec<u8> = polish
        .chars()
        .map(|c| match c {
            'ą' => 0xb9,
            'ś' => 0x9c,
            'ć' => 0xe6,
            'ę' => 0xea,
            'ł' => 0xb3,
            'ż' => 0xbf,
            'ó' => 0xf3,
            c => u8::try_from(c).expect("a letter of windows-1250"),
        })
        .collect();
    let read = register_with("wykaz.csv", bytes, (19.94, 50.06), "");
    assert_eq!(read.count(), 2);
    assert_eq!(
        read.facts("1", "name usable value running tenure at"),
        "name=Urząd Miasta usable=4560.5 value=12450000 running=890000 tenure=Freehold at=19.937,50.061"
    );
    // ID,名称,緯度,経度,延床面積 and two rows.
    let japanese: &[u8] = b"ID,\x96\xbc\x8f\xcc,\x88\xdc\x93x,\x8co\x93x,\x89\x84\x8f\xb0\x96\xca\x90\xcf\n1,\x8es\x96\xf0\x8f\x8a,35.9251,139.4858,\"16,900.5\"\n2,\x90}\x8f\x91\x8a\xd9,35.9215,139.4900,4650\n";
    let read = register_with("shisetsu.csv", japanese, (139.49, 35.92), "");
    assert_eq!(
        read.facts("1", "name gross at"),
        "name=市役所 gross=16900.5 at=139.486,35.925"
    );
}

#[test]
fn a_row_with_an_address_alone_is_kept() {
    let read = register(
        "Parcel,Street address,XCOORD,YCOORD,LATITUDE,LONGITUDE\n1,31 CHAMBERS ST,982000,198900,40.7136,-74.0049\n2,346 BROADWAY,983000,199900,,\n",
        (-74.0, 40.71),
    );
    // The feet of a state plane are no metres of Britain.
    assert_eq!(read.facts("346 BROADWAY", "at"), "at=-");
    assert_eq!(read.says("outside-crs", "*"), 0);
}

#[test]
fn owners_who_are_somebody_else_are_not_taken_for_a_freehold() {
    let read = register(
        "ID,Name,Ownership\n1,Hall,Council owned\n2,Shop,Privately owned\n3,Kiosk,Owned by others\n",
        (-2.32, 53.42),
    );
    assert_eq!(read.facts("1", "tenure"), "tenure=Freehold");
    assert_eq!(read.facts("2", "tenure"), "tenure=Unknown");
    assert_eq!(read.says("word-not-read", "Ownership"), 2);
}

#[test]
fn sums_without_cents_and_estimates_are_read() {
    let read = register(
        "ID,Name,Rent,Running cost\nA,One,CHF 210'000.-,\"£21,500 est\"\nB,Two,kr 60 000,R 98 000\n",
        (-2.32, 53.42),
    );
    assert_eq!(read.facts("A", "rent running"), "rent=210000 running=21500");
    assert_eq!(read.facts("B", "rent running"), "rent=60000 running=98000");
    assert_eq!(read.says("number-approximate", "Running cost"), 1);
}

#[test]
fn an_area_whose_row_names_no_unit_is_missing_where_other_rows_name_theirs() {
    let read = register(
        "ID,Name,Floor area,Unit\n1,Hall,950,m2\n2,Office,\"12,000\",\n3,Shop,400,perches\n4,Depot,1200 sq ft,\n5,Store,n/a,\n6,Annex,80,m² (GIA)\n",
        (-2.32, 53.42),
    );
    assert_eq!(read.facts("1", "gross"), "gross=950.0");
    for asset in ["2", "3", "5"] {
        assert_eq!(read.facts(asset, "gross"), "gross=-", "{asset}");
    }
    assert_eq!(read.facts("4", "gross"), "gross=111.5");
    assert_eq!(read.facts("6", "gross"), "gross=80.0");
    assert_eq!(read.says("unit-missing", "Floor area"), 2);
    let of_units = register(
        "ID,Name,Floor area,Unit\n1,Hall,950,Unit 4\n2,Office,80,\n",
        (-2.32, 53.42),
    );
    assert_eq!(of_units.facts("2", "gross"), "gross=80.0");
}

#[test]
fn leerstand_asks_whether_nobody_is_inside() {
    let read = register(
        "Objektnummer;Bezeichnung;Leerstand\n1;Rathaus;nein\n2;Amt;ja\n3;Archiv;0\n",
        (13.74, 51.05),
    );
    assert_eq!(read.facts("2", "occupancy"), "occupancy=Vacant");
    // Somebody is inside; nothing lists who.
    for asset in ["1", "3"] {
        assert_eq!(
            read.facts(asset, "occupancy"),
            "occupancy=Unknown",
            "{asset}"
        );
    }
}

#[test]
fn a_second_day_in_brackets_leaves_the_end_of_a_lease_missing() {
    let read = register(
        "ID,Name,Tenure,Lease expiry\n1,Hall,Leasehold,31/03/2030 (T)\n2,Office,Leasehold,31/03/2030 (and 31/03/2027)\n",
        (-2.32, 53.42),
    );
    assert_eq!(read.facts("1", "expiry"), "expiry=2030-03-31");
    assert_eq!(read.facts("2", "expiry"), "expiry=-");
    assert_eq!(read.says("date-not-read", "Lease expiry"), 1);
}

#[test]
fn figures_of_east_asia_india_and_south_africa_are_read() {
    let japan = register(
        "番号,施設名,延床面積（㎡）,所有区分,契約終了日,緯度,経度\n\
         １,第一庁舎,\"１,２３４.５６\",市有,,３５.６９,１３９.６９\n２,第二庁舎,2000㎡,賃借,令和10年3月31日,３５.６８,１３９.６８\n\
         ３,第三庁舎,約300,借地,2028年3月31日,35.67,139.67\n",
        (139.69, 35.69),
    );
    assert_eq!(
        japan.facts("第一庁舎", "gross at tenure"),
        "gross=1234.6 at=139.690,35.690 tenure=Freehold"
    );
    assert_eq!(
        japan.facts("第二庁舎", "gross expiry"),
        "gross=2000.0 expiry=2028-03-31"
    );
    assert_eq!(
        japan.facts("第三庁舎", "gross expiry"),
        "gross=300.0 expiry=2028-03-31"
    );
    assert!(japan.says("full-width", "延床面積（㎡）") == 1);

    let india = register(
        "Ref,Name of Building,Plinth area (Sft),Own/Rented,Rent p.m.,Lat / Long\n\
         A,Ward Office,4900,Rented,\"45,000/-\",\"12.97 N, 77.59 E\"\nB,Depot,\"4,900\",Rented,\"Rs.1,25,000/-\",\"12.98 N, 77.60 E\"\n",
        (77.59, 12.97),
    );
    assert_eq!(india.facts("A", "rent at"), "rent=540000 at=77.590,12.970");
    assert_eq!(india.facts("B", "rent name"), "rent=1500000 name=Depot");

    let africa = register(
        "Ref;Name;Value (R)\nA;Clinic;R12 500 000,00\nB;Depot;R38 000\n",
        (28.19, -25.75),
    );
    assert_eq!(africa.facts("A", "value"), "value=12500000");
    assert_eq!(africa.facts("B", "value"), "value=38000");
}

#[test]
fn swiss_coordinates_with_apostrophes_are_read_by_the_axes_in_their_headings() {
    let read = register(
        "Inv.-Nr.;Gebäude;Koordinate E (LV95);Koordinate N (LV95)\n10;Amtshaus;2'600'332;1'199'880\n11;Archiv;2'599'906;1'200'074\n",
        (7.44, 46.95),
    );
    assert_eq!(read.facts("Amtshaus", "at"), "at=7.443,46.950");
    let named = register(
        "Nr;Gebäude;Koordinate E;Koordinate N;Koordinatensystem\n10;Amtshaus;2'600'332;1'199'880;CH1903+ / LV95\n",
        (7.44, 46.95),
    );
    assert_eq!(named.facts("Amtshaus", "at"), "at=7.443,46.950");
}

#[test]
fn dates_that_programs_store_as_milliseconds_are_read() {
    let read = register(
        "OBJECTID,Name,Tenure,LEASE_END\n1,Hall,Leasehold,1861920000000\n",
        (-2.32, 53.42),
    );
    assert_eq!(read.facts("1", "expiry"), "expiry=2029-01-01");
    assert_eq!(read.says("date-epoch", "LEASE_END"), 1);
}
