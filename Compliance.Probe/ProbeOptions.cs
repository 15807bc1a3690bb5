using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Contacts;
using Compliance.Probe.Watch.Panels;
using Compliance.Probe.Watch.Recordings;

namespace Compliance.Probe;

/// <summary>Section "Probe" of the configuration. A box enrols with a code; one that is given a secret gets it from the environment or, better, from a file.</summary>
internal sealed record ProbeOptions
{
    public Uri Api { get; init; } = new("http://127.0.0.1:8081");

    /// <summary><c>probe-{guid}</c>, as the API enrolled this box.</summary>
    public string ClientId { get; init; } = "";

    public string? ClientSecret { get; init; }

    public string? ClientSecretFile { get; init; }

    /// <summary>The one-time code to get an identity with; of no use once it was used.</summary>
    public string? EnrolmentCode { get; init; }

    /// <summary>A file with such a code, for a box in which nobody writes settings; read once, then deleted.</summary>
    public string? EnrolmentCodeFile { get; init; }

    /// <summary>Who this box is, since it enrolled with a code; it stands before a client id and secret.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Tell.BoxIdentity? Identity { get; init; }

    /// <summary>Where the spool and the box's identity lie.</summary>
    public string DataDir { get; init; } = ".data/probe";

    /// <summary>Only in a demo or a test: cameras on this machine itself.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>Cameras with private addresses. A box in a venue's own network has to; a central one, to which made-up venues may come, must not.</summary>
    public bool AllowPrivate { get; init; } = true;

    /// <summary>Certificates of cameras that were pinned before this moment are pinned anew: move it when cameras were replaced.</summary>
    public DateTimeOffset PinsSince { get; init; }

    /// <summary>How often the API is asked for changed assignments.</summary>
    public TimeSpan AssignmentsEvery { get; init; } = TimeSpan.FromSeconds(3);

    public TimeSpan HeartbeatEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the newest measurements are told.</summary>
    public TimeSpan MeasurementsEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What is on our own way to the cameras and always there: <c>tcp://gateway:443</c>, <c>http://…</c>, <c>rtsp://…</c>.</summary>
    public IReadOnlyList<Uri> Canaries { get; init; } = [];

    public TimeSpan CanariesEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A box that holds no more cameras open than this keeps the newest group of pictures of each in memory: whoever may look sees it at once.</summary>
    public int GroupsKeptUpTo { get; init; } = 24;

    public WatchSettings Watch { get; init; } = new();

    public Tell.FootageSettings Footage { get; init; } = new();
    public PanelSettings Panels { get; init; } = new();
    public MqttSettings Mqtt { get; init; } = new();
    public RecordingSettings Recordings { get; init; } = new();
    public LookSettings Look { get; init; } = new();
    public JudgeSettings Judge { get; init; } = new();
    public SweepSettings Sweep { get; init; } = new();

    /// <summary>How detectors watch cameras that a basis allows them to.</summary>
    public Eyes.Live.EyesSettings Eyes { get; init; } = new();

    /// <summary>When known clips are shown to detectors.</summary>
    public Eyes.Live.KnownClipSettings KnownClips { get; init; } = new();

    /// <summary>How cameras prove themselves over ONVIF and by what they show.</summary>
    public ProofSettings Proofs { get; init; } = new();

    public Guid ProbeId => Identity?.Box.ProbeId ?? (Guid.TryParse(ClientId.AsSpan(ClientId.IndexOf('-', StringComparison.Ordinal) + 1), out var id)
        ? id : throw new InvalidOperationException("Start the box with Probe:EnrolmentCode, or with Probe:ClientId (probe-{guid}) and its secret"));

    /// <summary>By what it signs in now, to be told from another later: its key, or its secret.</summary>
    public string Secret => Identity is { } box ? box.CodeHash : ClientSecretFile is { } file ? File.ReadAllText(file).Trim()
        : ClientSecret ?? throw new InvalidOperationException("Probe:ClientSecretFile or Probe:ClientSecret is missing");

    public string SignsInAs => Identity?.Box.ClientId ?? ClientId;

    public override string ToString() => $"probe {SignsInAs} of {Api}";
}
