using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Compliance.Domain.Tests.Laws;

/// <summary>
/// The house's laws (docs/ARCHITECTURE.md), and the test that keeps each:
/// 1 no clock, ids, chance, package: BannedSymbols.txt, The_domain_needs_nothing; 2 second knock: Spec.Then;
/// 3 names for ever: EventLockTests; 4 no person, no secret: No_fact_has_room_for_a_person_or_a_secret;
/// 5 telemetry is no event: Telemetry_is_not_an_event; 6 two times: EventLogContract (stamp), Facts_that_rules_time_carry_their_own_time;
/// 7 every door has a policy: PermissionTests against permissions.txt (Api.Tests); 8 one contract: EventLogContract (Api.Tests);
/// 9 a refusal is a value: Deciding_throws_nothing; 10 every sentence from a resource: the resource tests of Api and Web.
/// </summary>
public sealed class LawTests
{
    /// <summary>The floor plan. Left: a folder. Right: the only outside namespaces its files may use.</summary>
    static readonly (string Room, string[] MayUse)[] Plan =
    [
        ("Compliance.Domain/Kernel", ["System"]),
        ("Compliance.Domain", ["System", "Compliance.Domain"]),
        ("Compliance.Probe", ["System", "Microsoft", "MQTTnet", "OpenCvSharp", "Quartz", "Compliance.Probe", "Compliance.Hosting",
            "Compliance.Domain.Alerts", "Compliance.Domain.Contacts", "Compliance.Domain.Detectors", "Compliance.Domain.WatchLists", "Compliance.Domain.Devices", "Compliance.Domain.Footage", "Compliance.Domain.KnownClips", "Compliance.Domain.Models", "Compliance.Domain.Panels", "Compliance.Domain.Probes", "Compliance.Domain.Recordings", "Compliance.Domain.Venues", "Compliance.Domain.Kernel"]),
        ("Compliance.Hosting", ["System", "Microsoft", "OpenTelemetry"]),
        ("Compliance.Web", ["System", "Microsoft", "MudBlazor", "Compliance.Web", "Compliance.Domain", "Compliance.Hosting"]),
        ("Compliance.Api", ["System", "Microsoft", "OpenIddict", "Grpc", "Google", "QRCoder", "Quartz", "Scalar", "Org.BouncyCastle", "Compliance.Domain", "Compliance.Api", "Compliance.Hosting"]),
    ];

    static IEnumerable<(string Path, string Text)> Files(string room, string pattern = "*.cs") => Directory
        .EnumerateFiles(Path.Combine(Repo.Root, room), pattern, SearchOption.AllDirectories)
        .Where(file => !file.Contains("/artifacts/", StringComparison.Ordinal) && !file.Contains("/node_modules/", StringComparison.Ordinal))
        .Select(file => (Path.GetRelativePath(Repo.Root, file), File.ReadAllText(file)));

    static IEnumerable<(string Path, string Text)> Sources() =>
        ((string[])["Compliance.Domain", "Compliance.Api", "Compliance.Probe", "Compliance.Web", "Compliance.Hosting", "tests"]).SelectMany(room => Files(room));

    [Fact]
    public void Every_file_stays_in_its_room() => Assert.Empty(
        from room in Plan
        from file in Files(room.Room)
        from Match use in Regex.Matches(file.Text, @"^\s*(?:global )?using (?:static )?(?:\w+ = )?([\w.]+);", RegexOptions.Multiline)
        where !room.MayUse.Any(ns => use.Groups[1].Value == ns || use.Groups[1].Value.StartsWith(ns + ".", StringComparison.Ordinal))
        select $"{file.Path} uses {use.Groups[1].Value}");

    [Fact]
    public void The_plan_names_rooms_that_exist() => Assert.Empty(
        from room in Plan
        from name in room.MayUse.Where(ns => ns.StartsWith("Compliance.", StringComparison.Ordinal)).Select(ns => ns.Split('.')).Select(ns => string.Join('/', (string[])[$"{ns[0]}.{ns[1]}", .. ns[2..]])).Append(room.Room)
        where !Directory.Exists(Path.Combine(Repo.Root, name))
        select name);

    [Fact]
    public void Only_the_api_reads_and_writes_the_log() => Assert.Empty(
        from file in Files("Compliance.Web").Concat(Files("Compliance.Web", "*.razor")).Concat(Files("Compliance.Probe"))
        where Regex.IsMatch(file.Text, @"\b(IEventLog|MemoryEventLog|Decider|Execution|EventNameAttribute)\b")
        select file.Path);

    [Fact]
    public void The_domain_needs_nothing()
    {
        var project = XDocument.Load(Path.Combine(Repo.Root, "Compliance.Domain/Compliance.Domain.csproj"));
        Assert.Empty(project.Descendants("ProjectReference"));
        Assert.All(project.Descendants("PackageReference"), p => Assert.Equal("all", (string?)p.Attribute("PrivateAssets")));
    }

    [Fact]
    public void Telemetry_is_not_an_event() => Assert.DoesNotContain(File.ReadAllLines(Path.Combine(Repo.Root, "tests/events.lock")),
        line => Regex.IsMatch(line, @"^\w+\.(measured|heartbeat|frame|sample|observation)"));

    [Fact]
    public void Facts_that_rules_time_carry_their_own_time() => Assert.All(
        File.ReadAllLines(Path.Combine(Repo.Root, "tests/events.lock")).Where(line => Regex.IsMatch(line, @"^(device\.verdict-changed|device\.admitted|outage\.\w)")),
        line => Assert.Contains("DateTimeOffset", line, StringComparison.Ordinal));

    [Fact]
    public void Deciding_throws_nothing() => Assert.Empty(
        from file in Files("Compliance.Domain")
        where !file.Path.Contains("/Kernel/", StringComparison.Ordinal) && !file.Path.Contains("/TransparentLog/", StringComparison.Ordinal) // machinery, no decisions
        from Match thrown in Regex.Matches(file.Text, @"throw new (\w+)")
        where thrown.Groups[1].Value is not ("UnreachableException" or "JsonException")
        select $"{file.Path} throws {thrown.Groups[1].Value}");

    [Fact]
    public void Every_file_says_its_room_and_is_short() => Assert.Empty(
        from file in Sources()
        let ns = Regex.Match(file.Text, @"^namespace ([\w.]+);", RegexOptions.Multiline).Groups[1].Value
        let room = Path.GetDirectoryName(file.Path)!.Replace('/', '.')
        let lines = file.Text.AsSpan().Count('\n')
        where lines > 350 || (ns.Length > 0 && ns != room && $"tests.{ns}" != room)
        select $"{file.Path}: {lines} lines, namespace {ns}");

    [Fact]
    public void Names_say_what_a_thing_is() => Assert.Empty(
        from file in Sources()
        from Match name in Regex.Matches(file.Text, @"\b(?:class|record|struct|interface) (?!RecordService)(\w*(?:Manager|Helper|Util|Utils|Service|Mediator|Repository))\b")
        select $"{file.Path}: {name.Groups[1].Value}");

    [Fact]
    public void Time_is_handed_in() => Assert.Empty(
        from file in Sources()
        where !file.Path.StartsWith("tests/", StringComparison.Ordinal)
        from Match sin in Regex.Matches(file.Text, @"DateTime(?:Offset)?\.(?:Utc)?Now\b|Thread\.Sleep\(|async void")
        select $"{file.Path}: {sin.Value}");

    [Fact]
    public void Errors_are_not_swallowed() => Assert.Empty(
        from file in Sources()
        from Match sin in Regex.Matches(file.Text, @"catch\s*(?:\(Exception\s*\w*\))?\s*\{\s*\}")
        select $"{file.Path}: {sin.Value}");

    [Fact]
    public void No_test_sleeps_or_passes_by_itself() => Assert.Empty(
        from file in Files("tests")
        where file.Path.Contains(".Tests/", StringComparison.Ordinal) && !file.Path.EndsWith("LawTests.cs", StringComparison.Ordinal)
        from Match sin in Regex.Matches(file.Text, @"Thread\.Sleep\(|Task\.Delay\((?!Timeout\.Infinite)[^;\n]*|Assert\.True\(true\)|Skip = """)
        select $"{file.Path}: {sin.Value}");
}
