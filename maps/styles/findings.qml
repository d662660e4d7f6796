<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="Symbology|Labeling|Fields|Forms|AttributeTable" labelsEnabled="0" readOnly="0">
 <renderer-v2 type="categorizedSymbol" attr="severity" symbollevels="0" enableorderby="0" forceraster="0">
 <categories>
  <category value="error" type="string" label="Stops the plan" symbol="0" render="true"/>
  <category value="reject" type="string" label="Row set aside" symbol="1" render="true"/>
  <category value="repair" type="string" label="Repaired" symbol="2" render="true"/>
  <category value="default" type="string" label="A default was used" symbol="3" render="true"/>
  <category value="warn" type="string" label="Noted" symbol="4" render="true"/>
 </categories>
 <symbols>
  <symbol type="marker" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
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
  <symbol type="marker" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
    <prop k="name" v="triangle"/>
    <prop k="angle" v="180"/>
    <prop k="color" v="244,106,37,255"/>
    <prop k="outline_color" v="255,255,255,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.3"/>
    <prop k="outline_width_unit" v="MM"/>
    <prop k="size" v="3.20"/>
    <prop k="size_unit" v="MM"/>
   </layer>
  </symbol>
  <symbol type="marker" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
    <prop k="name" v="square"/>
    <prop k="angle" v="0"/>
    <prop k="color" v="40,161,151,255"/>
    <prop k="outline_color" v="255,255,255,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.3"/>
    <prop k="outline_width_unit" v="MM"/>
    <prop k="size" v="2.60"/>
    <prop k="size_unit" v="MM"/>
   </layer>
  </symbol>
  <symbol type="marker" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
    <prop k="name" v="circle"/>
    <prop k="angle" v="0"/>
    <prop k="color" v="162,133,209,255"/>
    <prop k="outline_color" v="255,255,255,255"/>
    <prop k="outline_style" v="solid"/>
    <prop k="outline_width" v="0.3"/>
    <prop k="outline_width_unit" v="MM"/>
    <prop k="size" v="2.60"/>
    <prop k="size_unit" v="MM"/>
   </layer>
  </symbol>
  <symbol type="marker" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
   <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
    <prop k="name" v="circle"/>
    <prop k="angle" v="0"/>
    <prop k="color" v="61,61,61,255"/>
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
 <aliases>
  <alias field="subject_id" name="Record"/>
  <alias field="code" name="Code"/>
  <alias field="severity" name="Severity"/>
  <alias field="file" name="File"/>
  <alias field="record" name="Record number"/>
  <alias field="line" name="Line"/>
  <alias field="column" name="Column"/>
  <alias field="cell" name="Cell"/>
  <alias field="cause" name="What is wrong"/>
  <alias field="done" name="What was done"/>
  <alias field="setting" name="Line for place.toml"/>
 </aliases>
 <previewExpression>&quot;code&quot;</previewExpression>
</qgis>
