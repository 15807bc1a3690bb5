using System.Globalization;
using System.Security;

namespace VenueSimulator.Onvif;

/// <summary>What a device answers, as XML text in the words of ONVIF's schemas.</summary>
internal static class OnvifAnswers
{
    private const string Names = """
        xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:tds="http://www.onvif.org/ver10/device/wsdl"
        xmlns:trt="http://www.onvif.org/ver10/media/wsdl" xmlns:tr2="http://www.onvif.org/ver20/media/wsdl" xmlns:tmd="http://www.onvif.org/ver10/deviceIO/wsdl"
        xmlns:tev="http://www.onvif.org/ver10/events/wsdl" xmlns:tse="http://www.onvif.org/ver10/search/wsdl" xmlns:trp="http://www.onvif.org/ver10/replay/wsdl"
        xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2" xmlns:wsa5="http://www.w3.org/2005/08/addressing" xmlns:tns1="http://www.onvif.org/ver10/topics" xmlns:ter="http://www.onvif.org/ver10/error"
        """;

    public const string SourceConfiguration = "vsc0", Source = "vs0", Profile = "main", Recording = "rec0", Input = "di0";

    public static string Envelope(string body) => $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<s:Envelope {Names}><s:Body>{body}</s:Body></s:Envelope>";

    public static string Fault(string subcode) =>
        $"<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:{subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang=\"en\">{subcode}</s:Text></s:Reason></s:Fault>";

    public static string Time(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"""
        <tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings><tt:TimeZone><tt:TZ>UTC-5</tt:TZ></tt:TimeZone>
        <tt:UTCDateTime><tt:Time><tt:Hour>{at.UtcDateTime.Hour}</tt:Hour><tt:Minute>{at.UtcDateTime.Minute}</tt:Minute><tt:Second>{at.UtcDateTime.Second}</tt:Second></tt:Time>
        <tt:Date><tt:Year>{at.UtcDateTime.Year}</tt:Year><tt:Month>{at.UtcDateTime.Month}</tt:Month><tt:Day>{at.UtcDateTime.Day}</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>
        """);

    public static string Services(Uri at, bool hasReplay)
    {
        (string Space, string Path)[] all =
        [
            ("http://www.onvif.org/ver10/device/wsdl", "device_service"), ("http://www.onvif.org/ver10/media/wsdl", "media"), ("http://www.onvif.org/ver20/media/wsdl", "media2"),
            ("http://www.onvif.org/ver10/deviceIO/wsdl", "deviceio"), ("http://www.onvif.org/ver10/events/wsdl", "events"),
            ("http://www.onvif.org/ver10/search/wsdl", "search"), ("http://www.onvif.org/ver10/replay/wsdl", "replay"),
        ];
        return "<tds:GetServicesResponse>" + string.Concat(all.SkipLast(hasReplay ? 0 : 2).Select(s =>
            $"<tds:Service><tds:Namespace>{s.Space}</tds:Namespace><tds:XAddr>{new Uri(at, $"/onvif/{s.Path}")}</tds:XAddr><tds:Version><tt:Major>2</tt:Major><tt:Minor>60</tt:Minor></tds:Version></tds:Service>"))
            + "</tds:GetServicesResponse>";
    }

    public static string Capabilities(Uri at) => $"""
        <tds:GetCapabilitiesResponse><tds:Capabilities>
        <tt:Device><tt:XAddr>{new Uri(at, "/onvif/device_service")}</tt:XAddr></tt:Device><tt:Events><tt:XAddr>{new Uri(at, "/onvif/events")}</tt:XAddr><tt:WSPullPointSupport>true</tt:WSPullPointSupport></tt:Events>
        <tt:Media><tt:XAddr>{new Uri(at, "/onvif/media")}</tt:XAddr></tt:Media><tt:Extension><tt:DeviceIO><tt:XAddr>{new Uri(at, "/onvif/deviceio")}</tt:XAddr></tt:DeviceIO>
        <tt:Search><tt:XAddr>{new Uri(at, "/onvif/search")}</tt:XAddr></tt:Search><tt:Replay><tt:XAddr>{new Uri(at, "/onvif/replay")}</tt:XAddr></tt:Replay></tt:Extension>
        </tds:Capabilities></tds:GetCapabilitiesResponse>
        """;

    public static string Information(DeviceLabel label) => $"""
        <tds:GetDeviceInformationResponse><tds:Manufacturer>{Escape(label.Maker)}</tds:Manufacturer><tds:Model>{Escape(label.Model)}</tds:Model>
        <tds:FirmwareVersion>{Escape(label.Firmware)}</tds:FirmwareVersion><tds:SerialNumber>{Escape(label.Serial)}</tds:SerialNumber><tds:HardwareId>1</tds:HardwareId></tds:GetDeviceInformationResponse>
        """;

    public static string Profiles2(DeclaredStream d) => string.Create(CultureInfo.InvariantCulture, $"""
        <tr2:GetProfilesResponse><tr2:Profiles token="{Profile}" fixed="true"><tr2:Name>main</tr2:Name><tr2:Configurations>
        <tr2:VideoSource token="{SourceConfiguration}"><tt:Name>source</tt:Name><tt:UseCount>1</tt:UseCount><tt:SourceToken>{Source}</tt:SourceToken><tt:Bounds x="0" y="0" width="{d.Width}" height="{d.Height}"/></tr2:VideoSource>
        <tr2:VideoEncoder token="ve0" GovLength="{d.Gop}" Profile="High"><tt:Name>encoder</tt:Name><tt:UseCount>1</tt:UseCount><tt:Encoding>{d.Encoding}</tt:Encoding>
        <tt:Resolution><tt:Width>{d.Width}</tt:Width><tt:Height>{d.Height}</tt:Height></tt:Resolution>
        <tt:RateControl ConstantBitRate="true"><tt:FrameRateLimit>{d.Fps}</tt:FrameRateLimit><tt:BitrateLimit>{d.Kbps}</tt:BitrateLimit></tt:RateControl><tt:Quality>5</tt:Quality></tr2:VideoEncoder>
        </tr2:Configurations></tr2:Profiles></tr2:GetProfilesResponse>
        """);

    public static string Profiles1(DeclaredStream d) => string.Create(CultureInfo.InvariantCulture, $"""
        <trt:GetProfilesResponse><trt:Profiles token="{Profile}" fixed="true"><tt:Name>main</tt:Name>
        <tt:VideoSourceConfiguration token="{SourceConfiguration}"><tt:Name>source</tt:Name><tt:UseCount>1</tt:UseCount><tt:SourceToken>{Source}</tt:SourceToken><tt:Bounds x="0" y="0" width="{d.Width}" height="{d.Height}"/></tt:VideoSourceConfiguration>
        <tt:VideoEncoderConfiguration token="ve0"><tt:Name>encoder</tt:Name><tt:UseCount>1</tt:UseCount><tt:Encoding>{d.Encoding}</tt:Encoding>
        <tt:Resolution><tt:Width>{d.Width}</tt:Width><tt:Height>{d.Height}</tt:Height></tt:Resolution><tt:Quality>5</tt:Quality>
        <tt:RateControl><tt:FrameRateLimit>{d.Fps:0}</tt:FrameRateLimit><tt:EncodingInterval>1</tt:EncodingInterval><tt:BitrateLimit>{d.Kbps}</tt:BitrateLimit></tt:RateControl>
        <tt:H264><tt:GovLength>{d.Gop}</tt:GovLength><tt:H264Profile>High</tt:H264Profile></tt:H264><tt:SessionTimeout>PT60S</tt:SessionTimeout></tt:VideoEncoderConfiguration>
        </trt:Profiles></trt:GetProfilesResponse>
        """);

    public static string Sources(DeclaredStream d) => string.Create(CultureInfo.InvariantCulture, $"""
        <trt:GetVideoSourcesResponse><trt:VideoSources token="{Source}"><tt:Framerate>{d.Fps}</tt:Framerate><tt:Resolution><tt:Width>{d.Width}</tt:Width><tt:Height>{d.Height}</tt:Height></tt:Resolution></trt:VideoSources></trt:GetVideoSourcesResponse>
        """);

    public static string StreamUri1(Uri uri) => $"<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>{Escape(uri.AbsoluteUri)}</tt:Uri><tt:InvalidAfterConnect>false</tt:InvalidAfterConnect><tt:InvalidAfterReboot>false</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout></trt:MediaUri></trt:GetStreamUriResponse>";

    public static string StreamUri2(Uri uri) => $"<tr2:GetStreamUriResponse><tr2:Uri>{Escape(uri.AbsoluteUri)}</tr2:Uri></tr2:GetStreamUriResponse>";

    public static string Osds(string prefix, IEnumerable<(string Token, string Text)> texts) => $"<{prefix}:GetOSDsResponse>" + string.Concat(texts.Select(t => $"""
        <{prefix}:OSDs token="{t.Token}"><tt:VideoSourceConfigurationToken>{SourceConfiguration}</tt:VideoSourceConfigurationToken><tt:Type>Text</tt:Type>
        <tt:Position><tt:Type>LowerLeft</tt:Type></tt:Position><tt:TextString IsPersistentText="true"><tt:Type>Plain</tt:Type><tt:PlainText>{Escape(t.Text)}</tt:PlainText></tt:TextString></{prefix}:OSDs>
        """)) + $"</{prefix}:GetOSDsResponse>";

    public static string Summary(DateTimeOffset from, DateTimeOffset until) =>
        $"<tse:GetRecordingSummaryResponse><tse:Summary><tt:DataFrom>{Iso(from)}</tt:DataFrom><tt:DataUntil>{Iso(until)}</tt:DataUntil><tt:NumberRecordings>1</tt:NumberRecordings></tse:Summary></tse:GetRecordingSummaryResponse>";

    public static string Results(DateTimeOffset from, DateTimeOffset until) => $"""
        <tse:GetRecordingSearchResultsResponse><tse:ResultList><tt:SearchState>Completed</tt:SearchState><tt:RecordingInformation><tt:RecordingToken>{Recording}</tt:RecordingToken>
        <tt:Source><tt:SourceId>{Source}</tt:SourceId><tt:Name>room</tt:Name><tt:Location/><tt:Description/><tt:Address/></tt:Source><tt:EarliestRecording>{Iso(from)}</tt:EarliestRecording><tt:LatestRecording>{Iso(until)}</tt:LatestRecording>
        <tt:Content>all</tt:Content><tt:RecordingStatus>Recording</tt:RecordingStatus></tt:RecordingInformation></tse:ResultList></tse:GetRecordingSearchResultsResponse>
        """;

    public static string Inputs => $"<tmd:GetDigitalInputsResponse><tmd:DigitalInputs token=\"{Input}\" IdleState=\"closed\"/></tmd:GetDigitalInputsResponse>";

    public static string Subscribed(Uri at, DateTimeOffset now) => $"""
        <tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference><wsa5:Address>{new Uri(at, "/onvif/pullpoint/1")}</wsa5:Address></tev:SubscriptionReference>
        <wsnt:CurrentTime>{Iso(now)}</wsnt:CurrentTime><wsnt:TerminationTime>{Iso(now.AddMinutes(1))}</wsnt:TerminationTime></tev:CreatePullPointSubscriptionResponse>
        """;

    public static string Renewed(DateTimeOffset now) =>
        $"<wsnt:RenewResponse><wsnt:TerminationTime>{Iso(now.AddMinutes(1))}</wsnt:TerminationTime><wsnt:CurrentTime>{Iso(now)}</wsnt:CurrentTime></wsnt:RenewResponse>";

    public static string Pulled(IEnumerable<(DateTimeOffset At, bool Active, bool IsFirst)> changes, DateTimeOffset now) =>
        $"<tev:PullMessagesResponse><tev:CurrentTime>{Iso(now)}</tev:CurrentTime><tev:TerminationTime>{Iso(now.AddMinutes(1))}</tev:TerminationTime>" + string.Concat(changes.Select(c => $"""
        <wsnt:NotificationMessage><wsnt:Topic Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">tns1:Device/Trigger/DigitalInput</wsnt:Topic>
        <wsnt:Message><tt:Message UtcTime="{Iso(c.At)}" PropertyOperation="{(c.IsFirst ? "Initialized" : "Changed")}"><tt:Source><tt:SimpleItem Name="InputToken" Value="{Input}"/></tt:Source>
        <tt:Data><tt:SimpleItem Name="LogicalState" Value="{(c.Active ? "true" : "false")}"/></tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage>
        """)) + "</tev:PullMessagesResponse>";

    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Escape(string text) => SecurityElement.Escape(text);
}
