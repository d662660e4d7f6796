<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="Symbology|Labeling|Fields|Forms|AttributeTable" labelsEnabled="0" readOnly="0">
 <renderer-v2 type="categorizedSymbol" attr="case when &quot;doubtful&quot; then &apos;doubtful&apos; when &quot;joined&quot; then &apos;joined&apos; else &apos;apart&apos; end" symbollevels="0" enableorderby="0" forceraster="0">
 <categories>
  <category value="doubtful" type="string" label="To be looked at" symbol="0" render="true"/>
  <category value="joined" type="string" label="Made one building" symbol="1" render="true"/>
  <category value="apart" type="string" label="Kept apart" symbol="2" render="true"/>
 </categories>
 <symbols>
  <symbol type="line" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleLine" enabled="1" locked="0" pass="0">
    <prop k="line_color" v="244,106,37,255"/>
    <prop k="line_style" v="dash"/>
    <prop k="line_width" v="0.50"/>
    <prop k="line_width_unit" v="MM"/>
    <prop k="capstyle" v="round"/>
    <prop k="joinstyle" v="round"/>
   </layer>
  </symbol>
  <symbol type="line" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleLine" enabled="1" locked="0" pass="0">
    <prop k="line_color" v="40,161,151,255"/>
    <prop k="line_style" v="solid"/>
    <prop k="line_width" v="0.50"/>
    <prop k="line_width_unit" v="MM"/>
    <prop k="capstyle" v="round"/>
    <prop k="joinstyle" v="round"/>
   </layer>
  </symbol>
  <symbol type="line" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleLine" enabled="1" locked="0" pass="0">
    <prop k="line_color" v="61,61,61,255"/>
    <prop k="line_style" v="dash"/>
    <prop k="line_width" v="0.50"/>
    <prop k="line_width_unit" v="MM"/>
    <prop k="capstyle" v="round"/>
    <prop k="joinstyle" v="round"/>
   </layer>
  </symbol>
 </symbols>
 </renderer-v2>
 <aliases>
  <alias field="point_id" name="Looked-up record"/>
  <alias field="point_name" name="Its name"/>
  <alias field="asset_id" name="Building"/>
  <alias field="asset_name" name="Building, name"/>
  <alias field="basis" name="Basis of the match"/>
  <alias field="distance_m" name="Apart, m"/>
  <alias field="score" name="How alike the names are"/>
  <alias field="joined" name="Made one building"/>
  <alias field="doubtful" name="To be looked at"/>
  <alias field="decided_by" name="Decided by"/>
 </aliases>
 <previewExpression>&quot;point_name&quot;</previewExpression>
</qgis>
