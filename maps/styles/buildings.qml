<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="Symbology|Labeling|Fields|Forms|AttributeTable" labelsEnabled="1" readOnly="0">
 <renderer-v2 type="categorizedSymbol" attr="action" symbollevels="0" enableorderby="0" forceraster="0">
 <categories>
  <category value="host" type="string" label="Kept, takes others in" symbol="0" render="true"/>
  <category value="retain" type="string" label="Kept as it is" symbol="1" render="true"/>
  <category value="sell" type="string" label="Let go: sold" symbol="2" render="true"/>
  <category value="release_lease" type="string" label="Let go: lease ends" symbol="3" render="true"/>
  <category value="transfer" type="string" label="Let go: transferred" symbol="4" render="true"/>
  <category value="sublet" type="string" label="Let to somebody else" symbol="5" render="true"/>
  <category value="mothball" type="string" label="Emptied and held" symbol="6" render="true"/>
  <category value="outside" type="string" label="Not part of the plan" symbol="7" render="true"/>
 </categories>
 <symbols>
  <symbol type="marker" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
    <prop k="name" v="square"/>
    <prop k="angle" v="0"/>
    <prop k="color" v="40,161,151,255"/>
    <prop k="outline_color" v="255,255,255,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.3"/>
    <prop k="outline_width_unit" v="MM"/>
    <prop k="size" v="3.60"/>
    <prop k="size_unit" v="MM"/>
   </layer>
  </symbol>
  <symbol type="marker" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
    <prop k="name" v="circle"/>
    <prop k="angle" v="0"/>
    <prop k="color" v="18,67,109,255"/>
    <prop k="outline_color" v="255,255,255,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.3"/>
    <prop k="outline_width_unit" v="MM"/>
    <prop k="size" v="3.60"/>
    <prop k="size_unit" v="MM"/>
   </layer>
  </symbol>
  <symbol type="marker" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
    <prop k="name" v="diamond"/>
    <prop k="angle" v="0"/>
    <prop k="color" v="128,22,80,255"/>
    <prop k="outline_color" v="255,255,255,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.3"/>
    <prop k="outline_width_unit" v="MM"/>
    <prop k="size" v="3.60"/>
    <prop k="size_unit" v="MM"/>
   </layer>
  </symbol>
  <symbol type="marker" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
    <prop k="name" v="triangle"/>
    <prop k="angle" v="180"/>
    <prop k="color" v="244,106,37,255"/>
    <prop k="outline_color" v="255,255,255,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.3"/>
    <prop k="outline_width_unit" v="MM"/>
    <prop k="size" v="3.60"/>
    <prop k="size_unit" v="MM"/>
   </layer>
  </symbol>
  <symbol type="marker" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
    <prop k="name" v="triangle"/>
    <prop k="angle" v="0"/>
    <prop k="color" v="162,133,209,255"/>
    <prop k="outline_color" v="255,255,255,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.3"/>
    <prop k="outline_width_unit" v="MM"/>
    <prop k="size" v="3.60"/>
    <prop k="size_unit" v="MM"/>
   </layer>
  </symbol>
  <symbol type="marker" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
    <prop k="name" v="pentagon"/>
    <prop k="angle" v="0"/>
    <prop k="color" v="61,61,61,255"/>
    <prop k="outline_color" v="255,255,255,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.3"/>
    <prop k="outline_width_unit" v="MM"/>
    <prop k="size" v="3.60"/>
    <prop k="size_unit" v="MM"/>
   </layer>
  </symbol>
  <symbol type="marker" name="6" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
    <prop k="name" v="circle"/>
    <prop k="angle" v="0"/>
    <prop k="color" v="255,255,255,255"/>
    <prop k="outline_color" v="61,61,61,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.7"/>
    <prop k="outline_width_unit" v="MM"/>
    <prop k="size" v="3.60"/>
    <prop k="size_unit" v="MM"/>
   </layer>
  </symbol>
  <symbol type="marker" name="7" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
    <prop k="name" v="circle"/>
    <prop k="angle" v="0"/>
    <prop k="color" v="138,138,138,255"/>
    <prop k="outline_color" v="255,255,255,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.3"/>
    <prop k="outline_width_unit" v="MM"/>
    <prop k="size" v="1.43"/>
    <prop k="size_unit" v="MM"/>
   </layer>
  </symbol>
 </symbols>
 </renderer-v2>
 <labeling type="simple">
  <settings calloutType="simple">
   <text-style fieldName="case when &quot;action&quot; in (&apos;outside&apos;, &apos;retain&apos;) then &apos;&apos; else &quot;name&quot; end" isExpression="1" fontFamily="Open Sans" fontSize="9" fontSizeUnit="Point" fontWeight="50" textColor="31,31,31,255" textOpacity="1" namedStyle="Regular">
    <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.9"/>
   </text-style>
   <placement placement="6" dist="1.2" distUnits="MM" predefinedPositionOrder="TR,R,BR,TL,L,BL,T,B"/>
   <rendering scaleVisibility="1" scaleMin="50000" scaleMax="1" obstacle="1" drawLabels="1" displayAll="0" mergeLines="0"/>
  </settings>
 </labeling>
 <aliases>
  <alias field="asset_id" name="Building"/>
  <alias field="uprn" name="UPRN"/>
  <alias field="name" name="Name"/>
  <alias field="agency" name="Agency"/>
  <alias field="postcode" name="Postcode"/>
  <alias field="action" name="Action"/>
  <alias field="reason" name="Reason"/>
  <alias field="decision" name="Decision"/>
  <alias field="host_id" name="Goes to"/>
  <alias field="act_year" name="Year of the action"/>
  <alias field="year" name="Year of the programme"/>
  <alias field="grade" name="How well known"/>
  <alias field="proof" name="Proof"/>
  <alias field="tenure" name="Tenure"/>
  <alias field="usable_m2" name="Usable floor, m²"/>
  <alias field="m2_today" name="In use today, m²"/>
  <alias field="m2_after" name="In use after, m²"/>
  <alias field="run_today" name="Running cost today, £ a year"/>
  <alias field="run_after" name="Running cost after, £ a year"/>
  <alias field="save_gbp_y" name="Saving, £ a year"/>
  <alias field="capex_gbp" name="One-off cost, £"/>
  <alias field="repair_gbp" name="Repairs that wait, £"/>
  <alias field="receipt_gb" name="Receipt, £"/>
  <alias field="npv_gbp" name="Present value, £"/>
 </aliases>
 <previewExpression>&quot;name&quot;</previewExpression>
</qgis>
