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
