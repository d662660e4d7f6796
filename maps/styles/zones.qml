<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="Symbology|Labeling|Fields|Forms|AttributeTable" labelsEnabled="0" readOnly="0">
 <renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">
 <rules key="{rules}">
  <rule key="{r0}" filter="&quot;police_c_today_km&quot; is null and &quot;police_c_after_km&quot; is not null" label="Reaches one for the first time" symbol="0"/>
  <rule key="{r1}" filter="&quot;police_c_change_km&quot; &lt; -0.2" label="Over 0.2 km nearer" symbol="1"/>
  <rule key="{r2}" filter="&quot;police_c_change_km&quot; &gt;= -0.2 and &quot;police_c_change_km&quot; &lt; -0.05" label="Up to 0.2 km nearer" symbol="2"/>
  <rule key="{r3}" filter="abs(&quot;police_c_change_km&quot;) &lt;= 0.05" label="Same, within 50 m" symbol="3"/>
  <rule key="{r4}" filter="&quot;police_c_change_km&quot; &gt; 0.05 and &quot;police_c_change_km&quot; &lt;= 0.2" label="Up to 0.2 km further" symbol="4"/>
  <rule key="{r5}" filter="&quot;police_c_change_km&quot; &gt; 0.2" label="Over 0.2 km further" symbol="5"/>
  <rule key="{r6}" filter="&quot;police_c_today_km&quot; is not null and &quot;police_c_after_km&quot; is null" label="Can no longer reach any" symbol="6"/>
  <rule key="{r7}" filter="&quot;police_c_today_km&quot; is null and &quot;police_c_after_km&quot; is null" label="Reaches none, as today" symbol="7"/>
 </rules>
 <symbols>
  <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleFill" enabled="1" locked="0" pass="0">
    <prop k="color" v="32,115,188,205"/>
    <prop k="style" v="solid"/>
    <prop k="outline_color" v="138,138,138,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.15"/>
    <prop k="outline_width_unit" v="MM"/>
   </layer>
  </symbol>
  <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleFill" enabled="1" locked="0" pass="0">
    <prop k="color" v="18,67,109,205"/>
    <prop k="style" v="solid"/>
    <prop k="outline_color" v="138,138,138,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.15"/>
    <prop k="outline_width_unit" v="MM"/>
   </layer>
  </symbol>
  <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleFill" enabled="1" locked="0" pass="0">
    <prop k="color" v="40,161,151,205"/>
    <prop k="style" v="solid"/>
    <prop k="outline_color" v="138,138,138,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.15"/>
    <prop k="outline_width_unit" v="MM"/>
   </layer>
  </symbol>
  <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleFill" enabled="1" locked="0" pass="0">
    <prop k="color" v="255,255,255,205"/>
    <prop k="style" v="solid"/>
    <prop k="outline_color" v="138,138,138,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.15"/>
    <prop k="outline_width_unit" v="MM"/>
   </layer>
  </symbol>
  <symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleFill" enabled="1" locked="0" pass="0">
    <prop k="color" v="244,106,37,205"/>
    <prop k="style" v="solid"/>
    <prop k="outline_color" v="138,138,138,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.15"/>
    <prop k="outline_width_unit" v="MM"/>
   </layer>
   <layer class="SimpleFill" enabled="1" locked="0" pass="0">
    <prop k="color" v="31,31,31,150"/>
    <prop k="style" v="b_diagonal"/>
    <prop k="outline_style" v="no"/>
   </layer>
  </symbol>
  <symbol type="fill" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleFill" enabled="1" locked="0" pass="0">
    <prop k="color" v="128,22,80,205"/>
    <prop k="style" v="solid"/>
    <prop k="outline_color" v="138,138,138,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.15"/>
    <prop k="outline_width_unit" v="MM"/>
   </layer>
   <layer class="SimpleFill" enabled="1" locked="0" pass="0">
    <prop k="color" v="31,31,31,150"/>
    <prop k="style" v="b_diagonal"/>
    <prop k="outline_style" v="no"/>
   </layer>
  </symbol>
  <symbol type="fill" name="6" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleFill" enabled="1" locked="0" pass="0">
    <prop k="color" v="244,106,37,205"/>
    <prop k="style" v="solid"/>
    <prop k="outline_color" v="138,138,138,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.15"/>
    <prop k="outline_width_unit" v="MM"/>
   </layer>
   <layer class="SimpleFill" enabled="1" locked="0" pass="0">
    <prop k="color" v="31,31,31,150"/>
    <prop k="style" v="diagonal_x"/>
    <prop k="outline_style" v="no"/>
   </layer>
  </symbol>
  <symbol type="fill" name="7" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleFill" enabled="1" locked="0" pass="0">
    <prop k="color" v="162,133,209,205"/>
    <prop k="style" v="solid"/>
    <prop k="outline_color" v="138,138,138,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.15"/>
    <prop k="outline_width_unit" v="MM"/>
   </layer>
   <layer class="SimpleFill" enabled="1" locked="0" pass="0">
    <prop k="color" v="31,31,31,150"/>
    <prop k="style" v="f_diagonal"/>
    <prop k="outline_style" v="no"/>
   </layer>
  </symbol>
 </symbols>
 </renderer-v2>
 <aliases>
  <alias field="zone_id" name="Zone"/>
  <alias field="name" name="Name"/>
  <alias field="population" name="People"/>
  <alias field="year" name="Year of the programme"/>
  <alias field="library_today_km" name="Library: today, km (library)"/>
  <alias field="library_after_km" name="Library: after, km (library)"/>
  <alias field="library_change_km" name="Library: change, km (library)"/>
  <alias field="gp_today_km" name="General practice: today, km (gp)"/>
  <alias field="gp_after_km" name="General practice: after, km (gp)"/>
  <alias field="gp_change_km" name="General practice: change, km (gp)"/>
  <alias field="jobcentr_today_km" name="Jobcentre: today, km (jobcentr)"/>
  <alias field="jobcentr_after_km" name="Jobcentre: after, km (jobcentr)"/>
  <alias field="jobcentr_change_km" name="Jobcentre: change, km (jobcentr)"/>
  <alias field="police_c_today_km" name="Police counter: today, km (police_c)"/>
  <alias field="police_c_after_km" name="Police counter: after, km (police_c)"/>
  <alias field="police_c_change_km" name="Police counter: change, km (police_c)"/>
  <alias field="children_today_km" name="Children&apos;s centre: today, km (children)"/>
  <alias field="children_after_km" name="Children&apos;s centre: after, km (children)"/>
  <alias field="children_change_km" name="Children&apos;s centre: change, km (children)"/>
  <alias field="communit_today_km" name="Community hub: today, km (communit)"/>
  <alias field="communit_after_km" name="Community hub: after, km (communit)"/>
  <alias field="communit_change_km" name="Community hub: change, km (communit)"/>
  <alias field="registra_today_km" name="Registrar: today, km (registra)"/>
  <alias field="registra_after_km" name="Registrar: after, km (registra)"/>
  <alias field="registra_change_km" name="Registrar: change, km (registra)"/>
  <alias field="housing_today_km" name="Housing office: today, km (housing)"/>
  <alias field="housing_after_km" name="Housing office: after, km (housing)"/>
  <alias field="housing_change_km" name="Housing office: change, km (housing)"/>
  <alias field="adult_le_today_km" name="Adult learning: today, km (adult_le)"/>
  <alias field="adult_le_after_km" name="Adult learning: after, km (adult_le)"/>
  <alias field="adult_le_change_km" name="Adult learning: change, km (adult_le)"/>
 </aliases>
 <previewExpression>&quot;name&quot;</previewExpression>
</qgis>
