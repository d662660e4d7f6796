<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="Symbology|Labeling|Fields|Forms|AttributeTable" labelsEnabled="1" readOnly="0">
 <renderer-v2 type="categorizedSymbol" attr="outcome" symbollevels="0" enableorderby="0" forceraster="0">
 <categories>
  <category value="move" type="string" label="Moves" symbol="0" render="true"/>
  <category value="merge" type="string" label="Moves, and merges with another" symbol="1" render="true"/>
  <category value="" type="string" label="Other" symbol="2" render="true"/>
 </categories>
 <symbols>
  <symbol type="line" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleLine" enabled="1" locked="0" pass="0">
    <prop k="line_color" v="18,67,109,255"/>
    <prop k="line_style" v="solid"/>
    <prop k="line_width" v="0.60"/>
    <prop k="line_width_unit" v="MM"/>
    <prop k="capstyle" v="round"/>
    <prop k="joinstyle" v="round"/>
   </layer>
   <layer class="MarkerLine" enabled="1" locked="0" pass="0">
    <prop k="placement" v="centralpoint"/>
    <prop k="rotate" v="1"/>
    <prop k="offset" v="0"/>
  <symbol type="marker" name="@0@1" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
    <prop k="name" v="filled_arrowhead"/>
    <prop k="angle" v="0"/>
    <prop k="color" v="18,67,109,255"/>
    <prop k="outline_color" v="18,67,109,255"/>
    <prop k="outline_style" v="no"/>
    <prop k="size" v="3"/>
    <prop k="size_unit" v="MM"/>
   </layer>
  </symbol>
   </layer>
  </symbol>
  <symbol type="line" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleLine" enabled="1" locked="0" pass="0">
    <prop k="line_color" v="128,22,80,255"/>
    <prop k="line_style" v="solid"/>
    <prop k="line_width" v="0.60"/>
    <prop k="line_width_unit" v="MM"/>
    <prop k="capstyle" v="round"/>
    <prop k="joinstyle" v="round"/>
   </layer>
   <layer class="MarkerLine" enabled="1" locked="0" pass="0">
    <prop k="placement" v="centralpoint"/>
    <prop k="rotate" v="1"/>
    <prop k="offset" v="0"/>
  <symbol type="marker" name="@1@1" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
    <prop k="name" v="filled_arrowhead"/>
    <prop k="angle" v="0"/>
    <prop k="color" v="128,22,80,255"/>
    <prop k="outline_color" v="128,22,80,255"/>
    <prop k="outline_style" v="no"/>
    <prop k="size" v="3"/>
    <prop k="size_unit" v="MM"/>
   </layer>
  </symbol>
   </layer>
  </symbol>
  <symbol type="line" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleLine" enabled="1" locked="0" pass="0">
    <prop k="line_color" v="61,61,61,255"/>
    <prop k="line_style" v="dash"/>
    <prop k="line_width" v="0.60"/>
    <prop k="line_width_unit" v="MM"/>
    <prop k="capstyle" v="round"/>
    <prop k="joinstyle" v="round"/>
   </layer>
   <layer class="MarkerLine" enabled="1" locked="0" pass="0">
    <prop k="placement" v="centralpoint"/>
    <prop k="rotate" v="1"/>
    <prop k="offset" v="0"/>
  <symbol type="marker" name="@2@1" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
    <prop k="name" v="filled_arrowhead"/>
    <prop k="angle" v="0"/>
    <prop k="color" v="61,61,61,255"/>
    <prop k="outline_color" v="61,61,61,255"/>
    <prop k="outline_style" v="no"/>
    <prop k="size" v="3"/>
    <prop k="size_unit" v="MM"/>
   </layer>
  </symbol>
   </layer>
  </symbol>
 </symbols>
 </renderer-v2>
 <labeling type="simple">
  <settings calloutType="simple">
   <text-style fieldName="&quot;name&quot;" isExpression="1" fontFamily="Open Sans" fontSize="9" fontSizeUnit="Point" fontWeight="50" textColor="31,31,31,255" textOpacity="1" namedStyle="Regular">
    <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.9"/>
   </text-style>
   <placement placement="6" dist="1.2" distUnits="MM" predefinedPositionOrder="TR,R,BR,TL,L,BL,T,B"/>
   <rendering scaleVisibility="1" scaleMin="10000" scaleMax="1" obstacle="1" drawLabels="1" displayAll="0" mergeLines="0"/>
  </settings>
 </labeling>
 <aliases>
  <alias field="occupier" name="Team"/>
  <alias field="name" name="Name"/>
  <alias field="service" name="Service"/>
  <alias field="agency" name="Agency"/>
  <alias field="outcome" name="Outcome"/>
  <alias field="from_id" name="From"/>
  <alias field="from_name" name="From, name"/>
  <alias field="to_id" name="To"/>
  <alias field="to_name" name="To, name"/>
  <alias field="km" name="How far, km"/>
  <alias field="year" name="Year of the programme"/>
  <alias field="consult" name="To consult on"/>
  <alias field="reason" name="Reason"/>
  <alias field="decision" name="Decision"/>
  <alias field="area_m2" name="Floor it needs, m²"/>
  <alias field="staff_fte" name="Staff, FTE"/>
  <alias field="one_off_gb" name="One-off cost, £"/>
 </aliases>
 <previewExpression>&quot;name&quot;</previewExpression>
</qgis>
