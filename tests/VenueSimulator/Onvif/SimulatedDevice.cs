using System.Globalization;
using System.Net;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace VenueSimulator.Onvif;

/// <summary>A camera's ONVIF side, on loopback: device, media, overlay, inputs and recordings, beside the RTSP server that sends its pictures. Faulty on request.</summary>
public sealed class SimulatedDevice : IAsyncDisposable
{
    private readonly OnvifSettings settings;
    private readonly OnvifGuard guard;
    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly Dictionary<string, string> texts = new() { ["osd0"] = "04" };
    private readonly List<(DateTimeOffset At, bool Active, bool IsFirst)> inputs = [];
    private bool isActive;
    private readonly SemaphoreSlim changed = new(0);
    private readonly List<string> asked = [];
    private int made;

    private SimulatedDevice(OnvifSettings settings)
    {
        (this.settings, guard) = (settings, new(settings.Digest));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(Serve);
    }

    /// <summary>Where its device service answers.</summary>
    public Uri Address => new(new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), "/onvif/device_service");

    public OnvifFaults Faults { get; set; } = OnvifFaults.None;

    /// <summary>The operations it was asked for, in order.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (gate)
            {
                return [.. asked];
            }
        }
    }

    /// <summary>The texts over its picture, by token.</summary>
    public IReadOnlyDictionary<string, string> Texts
    {
        get
        {
            lock (gate)
            {
                return texts.ToDictionary();
            }
        }
    }

    public static async Task<SimulatedDevice> Start(OnvifSettings settings)
    {
        var device = new SimulatedDevice(settings);
        await device.app.StartAsync();
        return device;
    }

    /// <summary>Pulls the wire of its digital input.</summary>
    public void Trigger(bool active)
    {
        lock (gate)
        {
            isActive = active;
            inputs.Add((Now, active, false));
        }

        changed.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        changed.Dispose();
    }

    private DateTimeOffset Now => settings.Time.GetUtcNow() + Faults.ClockSkew;

    private async Task Serve(HttpContext http)
    {
        if (await OnvifNonsense.Said(http, Faults.Nonsense))
        {
            return;
        }

        XElement envelope;
        try
        {
            using var reader = new StreamReader(http.Request.Body);
            envelope = XElement.Parse(await reader.ReadToEndAsync(http.RequestAborted));
        }
        catch (XmlException)
        {
            await Say(http, 400, OnvifAnswers.Fault("WellFormed"));
            return;
        }

        var question = envelope.Elements().FirstOrDefault(e => e.Name.LocalName == "Body")?.Elements().FirstOrDefault();
        var name = question?.Name.LocalName ?? "";
        lock (gate)
        {
            asked.Add(name);
        }

        var login = settings.Login is { } given ? given with { Password = Faults.Password ?? given.Password } : null;
        if (name != "GetSystemDateAndTime" && login is not null && !Faults.NoAuth && !guard.Admits(http.Request, envelope, login, Now))
        {
            guard.Ask(http.Response);
            await Say(http, settings.Digest is Load.AuthSchemes.None ? 400 : 401, OnvifAnswers.Fault("NotAuthorized"));
            return;
        }

        var failing = Faults.Operations.GetValueOrDefault(name);
        if (failing is Failing.Refused or Failing.Lost or Failing.Silent)
        {
            await Fail(http, failing);
            return;
        }

        var answer = question is null ? null : await Answer(question, name, http.RequestAborted);
        if (failing is Failing.DoneAndLost or Failing.DoneAndRefused)
        {
            await Fail(http, failing);
            return;
        }

        await Say(http, answer is null ? 500 : 200, answer ?? OnvifAnswers.Fault("ActionNotSupported"));
    }

    private static async Task Fail(HttpContext http, Failing failing)
    {
        switch (failing)
        {
            case Failing.Refused or Failing.DoneAndRefused:
                await Say(http, 400, OnvifAnswers.Fault("InvalidArgVal"));
                break;
            case Failing.Lost or Failing.DoneAndLost:
                http.Abort();
                break;
            default:
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
        }
    }

    private async Task<string?> Answer(XElement question, string name, CancellationToken stop)
    {
        var (declared, at, two) = (Faults.Declared ?? settings.Declared, Faults.ServicesAt ?? Address, question.Name.NamespaceName.Contains("ver20", StringComparison.Ordinal));
        if (two && Faults.BrokenMedia2)
        {
            return null;
        }

        return name switch
        {
            "GetSystemDateAndTime" => OnvifAnswers.Time(Now),
            "GetServices" => Faults.NoServices ? null : OnvifAnswers.Services(at, settings.Replay is not null),
            "GetCapabilities" => OnvifAnswers.Capabilities(at),
            "GetDeviceInformation" => OnvifAnswers.Information(Faults.Label ?? DeviceLabel.Usual),
            "GetProfiles" => two ? OnvifAnswers.Profiles2(declared) : OnvifAnswers.Profiles1(declared),
            "GetStreamUri" => two ? OnvifAnswers.StreamUri2(settings.Stream) : OnvifAnswers.StreamUri1(settings.Stream),
            "GetVideoSources" => OnvifAnswers.Sources(declared),
            "GetOSDs" or "CreateOSD" or "SetOSD" or "DeleteOSD" => settings.Texts is null ? null : await Write(question, name, two ? "tr2" : "trt", stop),
            "GetRecordingSummary" or "FindRecordings" or "GetRecordingSearchResults" or "GetReplayUri" => settings.Replay is null ? null : Remember(name),
            "GetDigitalInputs" => OnvifAnswers.Inputs,
            "CreatePullPointSubscription" => Subscribe(at),
            "Renew" => OnvifAnswers.Renewed(Now),
            "Unsubscribe" => "<wsnt:UnsubscribeResponse/>",
            "PullMessages" => OnvifAnswers.Pulled(await Pull(question, stop), Now),
            _ => null,
        };
    }

    private async Task<string> Write(XElement question, string name, string prefix, CancellationToken stop)
    {
        string? Said(string element) => question.Descendants().FirstOrDefault(e => e.Name.LocalName == element)?.Value;
        var token = Said("OSDToken") ?? question.Descendants().FirstOrDefault(e => e.Name.LocalName == "OSD")?.Attribute("token")?.Value ?? "";
        lock (gate)
        {
            switch (name)
            {
                case "GetOSDs":
                    return OnvifAnswers.Osds(prefix, texts.Select(text => (text.Key, text.Value)));
                case "CreateOSD":
                    token = string.Create(CultureInfo.InvariantCulture, $"osd{++made}");
                    texts[token] = Said("PlainText") ?? "";
                    break;
                case "SetOSD":
                    texts[token] = Said("PlainText") ?? "";
                    break;
                default:
                    texts.Remove(token);
                    break;
            }
        }

        if (!Faults.TextsUnseen)
        {
            await settings.Texts!.Show([.. Texts.Values], stop);
        }

        return name == "CreateOSD" ? $"<{prefix}:CreateOSDResponse><{prefix}:OSDToken>{token}</{prefix}:OSDToken></{prefix}:CreateOSDResponse>" : $"<{prefix}:{name}Response/>";
    }

    private string Remember(string name)
    {
        var (first, last) = (settings.Recorded.From(DateTimeOffset.MinValue, Now) ?? Now, Now);
        return name switch
        {
            "GetRecordingSummary" => OnvifAnswers.Summary(Faults.ClaimedDays is { } days ? last.AddDays(-days) : first, last),
            "FindRecordings" => "<tse:FindRecordingsResponse><tse:SearchToken>s1</tse:SearchToken></tse:FindRecordingsResponse>",
            "GetRecordingSearchResults" => OnvifAnswers.Results(Faults.ClaimedDays is { } days ? last.AddDays(-days) : first, last),
            _ => $"<trp:GetReplayUriResponse><trp:Uri>{settings.Replay}</trp:Uri></trp:GetReplayUriResponse>",
        };
    }

    /// <summary>What is so is told first (ONVIF Core, 9.4: property events); what was not pulled by an earlier subscriber is nobody's.</summary>
    private string Subscribe(Uri at)
    {
        lock (gate)
        {
            inputs.Clear();
            inputs.Add((Now, isActive, true));
        }

        changed.Release();
        return OnvifAnswers.Subscribed(at, Now);
    }

    private async Task<IReadOnlyList<(DateTimeOffset At, bool Active, bool IsFirst)>> Pull(XElement question, CancellationToken stop)
    {
        var longest = XmlConvert.ToTimeSpan(question.Elements().First(e => e.Name.LocalName == "Timeout").Value);
        await changed.WaitAsync(longest, stop);
        lock (gate)
        {
            var news = inputs.ToArray();
            inputs.Clear();
            return news;
        }
    }

    private static Task Say(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/soap+xml; charset=utf-8";
        return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(OnvifAnswers.Envelope(body)), http.RequestAborted).AsTask();
    }
}
