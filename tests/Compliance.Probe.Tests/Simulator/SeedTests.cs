using System.Net;
using System.Text;
using VenueSimulator.Cities;
using VenueSimulator.Seeding;

namespace Compliance.Probe.Tests.Simulator;

/// <summary>What the seed says at the doors; whether they open is tried by the whole demo.</summary>
public sealed class SeedTests : IDisposable
{
    private static readonly City City = City.Load();
    private readonly string folder = Directory.CreateTempSubdirectory("seed").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_second_run_knocks_at_the_same_doors_with_the_same_commands_under_the_same_ids()
    {
        using var doors = new RecordingDoors();
        Assert.Equal(await Seeded(doors), await Seeded(doors));
    }

    [Fact]
    public async Task A_camera_password_goes_to_the_vault_and_nowhere_else()
    {
        using var doors = new RecordingDoors();
        var knocks = await Seeded(doors);
        foreach (var password in City.Venues.Select(venue => venue.Login.Password))
        {
            Assert.All(knocks.Where(knock => knock.Contains(password, StringComparison.Ordinal)),
                knock => Assert.Contains("/feed-credentials ", knock, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_probe_finds_its_secret_where_only_its_owner_can_read_it()
    {
        using var doors = new RecordingDoors();
        await Seeded(doors);
        var file = Path.Combine(folder, "probe.secret");
        Assert.Equal("s3cret", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    private async Task<List<string>> Seeded(RecordingDoors doors)
    {
        doors.Knocks.Clear();
        using var http = new HttpClient(doors, disposeHandler: false) { BaseAddress = new("http://api.test/") };
        await new Seed(http, City, (venue, camera) => new($"rtsp://{venue.Host}:8554/{venue.Path(camera)}"))
            .Run(Path.Combine(folder, "probe.secret"), TestContext.Current.CancellationToken);
        return [.. doors.Knocks];
    }

    private sealed class RecordingDoors : HttpMessageHandler
    {
        public List<string> Knocks { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var key = request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : "";
            Knocks.Add($"{request.Method} {path} {key} {body}");
            var answer = path switch
            {
                "/connect/token" => """{"access_token":"t"}""",
                "/me" => """{"subjectId":"019a0000-0000-7000-8000-00000000aaaa","name":"A","roles":[]}""",
                _ when path.EndsWith("/plan", StringComparison.Ordinal) => """{"venueId":"019a0000-0000-7000-8000-00000000bbbb","floors":[],"drawnAt":null}""",
                _ when path.StartsWith("/probes/", StringComparison.Ordinal) => """{"probeId":"019a0000-0000-7000-8000-0000000000ff","clientId":"probe","clientSecret":"s3cret"}""",
                _ => "{}",
            };
            return new(HttpStatusCode.OK) { Content = new StringContent(answer, Encoding.UTF8, "application/json") };
        }
    }
}
