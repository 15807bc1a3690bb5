using System.Globalization;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Devices;

namespace Compliance.Api.Tests.Reports;

public sealed class AuditDoorTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    static readonly string Today = ShiftedClock.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Task<HttpResponseMessage> Ask(Scene scene, string form, string query) =>
        scene.AsOwner.Ask("GET", $"/venues/{scene.Venue}/audit.{form}?{query}", null, ("Compliance-After", scene.Ready.Position.ToString()));

    [Fact]
    public async Task The_owner_reads_on_the_screen_what_the_log_holds()
    {
        using var answer = await Ask(shared.Scene, "html", $"from={Today}&to={Today}&language=ru");
        var page = System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.All((string[])["Аудит заведения", Scene.Details.NameRu, "вход", "задний", "device.registered.v1"], text => Assert.Contains(text, page));
    }

    [Fact]
    public async Task The_owner_takes_the_same_as_a_file()
    {
        using var answer = await Ask(shared.Scene, "pdf", $"from={Today}&to={Today}&language=kk");
        if ((int)answer.StatusCode == 503) Assert.Skip(await answer.Content.ReadAsStringAsync(Ct));
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        Assert.Matches(@"^audit-[a-z0-9-]+-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d-[0-9a-f]{8}-kk\.pdf$", answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        Assert.Equal("%PDF-1.7"u8.ToArray(), (await answer.Content.ReadAsByteArrayAsync(Ct))[..8]);
    }

    [Fact]
    public async Task A_cut_camera_stands_in_the_audit_of_today()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        await scene.Tell(scene.Saw(Verdict.Unreachable, house.Clock.GetUtcNow()));
        using var answer = await Ask(scene, "html", $"from={Today}&to={Today}&language=en");
        Assert.Contains("device.verdict-changed.v2", await answer.Content.ReadAsStringAsync(Ct));
    }

    [Theory]
    [InlineData("", "report.period-malformed from")]
    [InlineData("from=abc&to=2026-03-01", "report.period-malformed from")]
    [InlineData("from=2026-02-30&to=2026-03-01", "report.period-malformed from")]
    [InlineData("from=2026-01-01&to=yesterday", "report.period-malformed to")]
    [InlineData("from=2026-01-02&to=2026-01-01", "report.period-malformed to")]
    [InlineData("from=2024-01-01&to=2025-06-01", "report.period-malformed to")]
    [InlineData("from=9000-01-01&to=9000-01-02", "report.period-malformed from")]
    [InlineData("from=2026-01-01&to=2026-01-02&language=de", "report.language-unknown language")]
    [InlineData("from=2020-01-01&to=2020-01-02", "report.before-registration to")]
    public async Task A_period_that_cannot_be_is_refused_by_field(string query, string refusal) =>
        Assert.Equal($"400 {refusal}", await (await Ask(shared.Scene, "pdf", query)).Refusal());

    [Fact]
    public async Task Without_a_printer_the_door_says_what_to_install()
    {
        await using var house = new House(("Reports:Python", "/nowhere/python3"));
        var answer = await Ask(await Scene.In(house), "pdf", $"from={Today}&to={Today}");
        Assert.Contains("apt-get install weasyprint", await answer.Content.ReadAsStringAsync(Ct));
        Assert.Equal("503 report.printer-missing", await answer.Refusal());
    }
}
