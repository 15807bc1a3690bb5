using Compliance.Hosting;
using Compliance.Probe;
using Compliance.Domain.Alerts;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Bodies;
using Compliance.Probe.Eyes.Crowds;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Eyes.Persons;
using Compliance.Probe.Eyes.Still;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Schedule;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Contacts;
using Compliance.Probe.Watch.Panels;
using Compliance.Probe.Watch.Onvif;
using Compliance.Probe.Watch.Rtsp;

if (args is ["--version"])
{
    Console.WriteLine(BeatRounds.Version);
    return 0;
}

if (EyesCommand.Is(args)) return await EyesCommand.Run(args);

// Its settings lie beside it: appsettings.Demo.json makes the demo's probe impatient.
var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
var options = builder.Configuration.GetSection("Probe").Get<ProbeOptions>() ?? new();
Directory.CreateDirectory(options.DataDir);
try
{
    using var http = new HttpClient { BaseAddress = new($"{options.Api.ToString().TrimEnd('/')}/") };
    options = options with { Identity = await BoxIdentity.Of(options, http, TimeProvider.System, why => Console.Error.WriteLine($"Not enrolled yet: {why}; trying again"), default) };
}
catch (Exception refused) when (refused is EnrolmentRefused or UnauthorizedAccessException)
{
    Console.Error.WriteLine(refused.Message);
    return 2;
}

if (options is { Identity: null, ClientId: "" })
{
    Console.Error.WriteLine("This box has no identity yet. An administrator makes a code on the page of the probes; give it as Probe:EnrolmentCode, or in the file that Probe:EnrolmentCodeFile names.");
    return 2;
}

_ = (options.ProbeId, options.Secret);

builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
builder.Logging.AddFilter("Quartz", LogLevel.Warning);

var it = builder.Services;
it.AddSingleton(options).AddSingleton(options.Look).AddSingleton(TimeProvider.System).AddSingleton(Random.Shared);

// Watch: one connection to each camera, held open or for a look now and then, as assigned.
it.AddSingleton<Drain>().AddSingleton<WatchedCameras>().AddSingleton(s => new Turnstile(options.Watch, s.GetRequiredService<TimeProvider>()));
it.AddSingleton(s => new RtspMeans(
    s.GetRequiredService<Drain>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<Random>(), options.AllowLoopback, options.Watch.Patience,
    options.AllowPrivate, s.GetRequiredService<Pins>().Believe));
it.AddSingleton(s => RtspSession.Opener(s.GetRequiredService<RtspMeans>()));

// Look and Judge: what it shows, and what we hold true of it.
it.AddSingleton<FindOpenFeed>(s => s.GetRequiredService<WatchedCameras>().Watching).AddSingleton<Decoder>().AddSingleton<HideFaces>(_ => StillFaces.Hide).AddSingleton(s => ActivatorUtilities.CreateInstance<FeedCheck>(s, InTurn(s)));
it.AddSingleton<IReadOnlyList<Canary>>(s => [.. options.Canaries.Select(address => new Canary(
    address, s.GetRequiredService<OpenFeed>(), s.GetRequiredService<HttpClient>(), options.Watch.Patience, s.GetRequiredService<TimeProvider>()))]);

// Eyes: detectors, on the cameras and in the hours that a basis allows.
it.AddSingleton<LiveDecoder>().AddSingleton<UsualNights>();
it.AddSingleton(s => new AlertSpool(
    s.GetRequiredService<ProbeFile>(), Path.Combine(options.DataDir, "clips"), () => s.GetRequiredService<ApiConnection>().Clock, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<AlertSpool>>()));
it.AddSingleton(s => new ModelShelf(Path.Combine(options.DataDir, "models"), EyesMeans.Shipped(s.GetRequiredService<ILoggerFactory>().CreateLogger<EyesMeans>(), s.GetRequiredService<FightHelp>().Persons is not null)));
it.AddSingleton(s => new EyesMeans(
    [
        SenseKind.Fights(() => s.GetRequiredService<ModelShelf>().Runs, s.GetRequiredService<UsualNights>().Of, s.GetRequiredService<FightHelp>()),
        CrowdSense.Kind(new UsualNights(s.GetRequiredService<ProbeFile>(), s.GetRequiredService<ILogger<UsualNights>>(), "crowds").Of, s.GetRequiredService<PersonMeans>().Finder),
        AggressionSense.Kind(new UsualNights(s.GetRequiredService<ProbeFile>(), s.GetRequiredService<ILogger<UsualNights>>(), "attacks").Of), BlockedExitSense.Kind(), LeftObjectSense.Kind(),
    ],
    s.GetRequiredService<LiveDecoder>().Run, s.GetRequiredService<AlertSpool>().Tell, options.Eyes, options.DataDir, s.GetRequiredService<TimeProvider>())
{
    Log = s.GetRequiredService<ILoggerFactory>().CreateLogger<EyesMeans>(),
    Blur = (clip, ct) => s.GetRequiredService<ClipBlurring>().Of(clip, ct),
});
it.AddSingleton(s => new ClipBlurring(
    FaceFinder.Installed, s.GetRequiredService<PersonMeans>().Finder, s.GetRequiredService<EyesMeans>().Lanes, options.DataDir, AlertClip.Largest, s.GetRequiredService<ILogger<ClipBlurring>>()));
it.AddSingleton(s => PersonMeans.Installed(s.GetRequiredService<ILoggerFactory>().CreateLogger<PersonMeans>()));
it.AddSingleton(s => FightHelp.Installed(s.GetRequiredService<PersonMeans>(), options.Eyes, s.GetRequiredService<ILoggerFactory>().CreateLogger<FightHelp>()));

it.AddSingleton<ShownNights>().AddSingleton(options.KnownClips).AddSingleton<Draw>(System.Security.Cryptography.RandomNumberGenerator.GetInt32);

it.AddSingleton<CandidateQueue>().AddHostedService(s => s.GetRequiredService<CandidateQueue>());
it.AddSingleton(s => FaceMeans.Installed(
    s.GetRequiredService<LiveDecoder>().RunLarge, s.GetRequiredService<CandidateQueue>().Tell, s.GetRequiredService<EyesMeans>().Lanes, s.GetRequiredService<ILoggerFactory>().CreateLogger<FaceMeans>()));

// Prove: by ONVIF and by what it shows, that it is the camera, now, and keeps its recordings.
it.AddSingleton(s => OnvifMeans.Make(s.GetRequiredService<TimeProvider>(), s.GetRequiredService<Random>(), options.Watch.Patience, options.AllowLoopback, options.AllowPrivate, s.GetRequiredService<Pins>().Believe) with { Turnstile = s.GetRequiredService<Turnstile>() });
it.AddSingleton(options.Proofs).AddSingleton(options.Proofs.Archive).AddSingleton<CameraRecords>().AddSingleton(s => ActivatorUtilities.CreateInstance<Replay>(s, InTurn(s))).AddSingleton<ArchiveProof>().AddSingleton<OverlayChallenge>().AddSingleton(options.Proofs.Clock).AddSingleton<ClockProof>().AddSingleton<ProofRound>();

// Panels come to us: fire alarms report by DC-09.
it.AddSingleton<EnrolledPanels>().AddSingleton<PanelCounts>().AddSingleton<PanelReception>().AddSingleton<KeepSaid>(s => s.GetRequiredService<PanelRounds>().Keep);
it.AddSingleton<ProbeIsBlind>(s => () => s.GetRequiredService<JudgeRounds>().IsBlind);
it.AddSingleton(options.Panels).AddSingleton(s => new SourceGate(s.GetRequiredService<TimeProvider>()));
it.AddHostedService<PanelReceiver>();

// Contacts of exits, by MQTT and by the inputs of cameras: both hand what they read to the same ears.
it.AddSingleton<AssignedContacts>().AddSingleton<HearContact>(s => s.GetRequiredService<ContactRounds>().Hear).AddSingleton(options.Mqtt);
it.AddSingleton<CamerasHeld>(s => () => s.GetRequiredService<WatchedCameras>().Assigned);
it.AddHostedService<MqttContacts>().AddHostedService<InputContacts>();

// Tell: through the spool to the API, and nobody else.
it.AddSingleton(_ => new ProbeFile(Path.Combine(options.DataDir, "spool.db"))).AddSingleton<Sightings>().AddSingleton<ApprovedViews>().AddSingleton<UsualPictures>().AddSingleton<Pins>();
it.AddSingleton(s => new Spool(s.GetRequiredService<ProbeFile>())).AddSingleton<Outbox>().AddSingleton<ApiConnection>().AddSingleton<IAssignments, ApiAssignments>().AddSingleton<BoxGauge>();
it.AddSingleton(_ => new HttpClient { BaseAddress = new($"{options.Api.ToString().TrimEnd('/')}/"), Timeout = TimeSpan.FromSeconds(40), MaxResponseContentBufferSize = 64 << 20 });
it.AddSingleton(s => new MinuteSpool(s.GetRequiredService<ProbeFile>()));
it.AddSingleton<DayBook>().AddSingleton<HourLists>();

// What comes again, by the timetable. It starts before the cameras are watched, and stops after they were let go.
var table = Timetable.Of(options);
foreach (var turn in table) it.AddSingleton(turn.Rounds).AddSingleton(s => (Rounds)s.GetRequiredService(turn.Rounds));
it.AddHostedService(s => ActivatorUtilities.CreateInstance<Clockwork>(s, table));
it.AddHostedService<Courier>().AddHostedService<AlertCourier>().AddHostedService<Following>().AddHostedService<FeedTests>().AddHostedService<NetworkSearches>().AddHostedService<LiveFeeds>();
it.AddHostedService(s => ActivatorUtilities.CreateInstance<FootageFetches>(s, InTurn(s)));

// Of cameras not even the addresses stand in a trace.
builder.AddMeasuring("compliance-probe", to => to.Host == options.Api.Host && to.Port == options.Api.Port);
it.AddHostedService<Gauges>();

builder.Build().Run();
return 0;

// Watch and sweep pass the turnstile themselves, canaries are none of the cameras; all others open through it.
static OpenFeed InTurn(IServiceProvider s) => s.GetRequiredService<Turnstile>().Before(s.GetRequiredService<OpenFeed>());
