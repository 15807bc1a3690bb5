using System.Net;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests;

public sealed class ApiClientTests : IDisposable
{
    sealed class SignedIn : IAccess
    {
        public ValueTask<string?> Token() => new("a-token");
    }

    readonly CannedApi canned = new();
    readonly Guid venue = Guid.CreateVersion7();
    readonly ApiClient api;

    public ApiClientTests() => api = new(new HttpClient(canned) { BaseAddress = new("http://api/") }, new SignedIn());

    public void Dispose() => canned.Dispose();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_after_a_command_waits_for_what_the_command_wrote()
    {
        canned.On($"POST /venues/{venue}/legal-bases", new CommandAnswer(2, new(42, 42)));
        await api.Venue(venue, Ct);
        await api.GrantLegalBasis(venue, new(venue, LegalBasisKind.Consent, "d", "s", new(2026, 11, 1), null), Ct);
        await api.Venue(venue, Ct);
        Assert.Equal([null, null, "2a"], canned.Asked.Select(a => a.After));
    }

    [Fact]
    public async Task Every_request_is_made_as_the_person()
    {
        await api.Venues(null, 50, null, Ct);
        Assert.Equal("a-token", Assert.Single(canned.Asked).Token);
    }

    [Fact]
    public async Task A_refusal_is_its_code_and_its_fields()
    {
        canned.On($"GET /venues/{venue}", new { code = "venue.bin-malformed", errors = new Dictionary<string, string[]> { ["details.bin"] = ["…"] } }, HttpStatusCode.BadRequest);
        var problem = (await api.Venue(venue, Ct)).Problem;
        Assert.Equal("venue.bin-malformed", problem?.Code);
        Assert.Equal(["details.bin"], problem!.Fields);
    }

    [Fact]
    public async Task An_answer_without_a_code_is_named_by_its_status() =>
        Assert.Equal("http.404", (await api.Venue(venue, Ct)).Problem?.Code);

    [Fact]
    public async Task A_network_that_is_away_is_a_problem_too()
    {
        canned.Unreachable($"GET /venues/{venue}");
        Assert.Equal("api.unreachable", (await api.Venue(venue, Ct)).Problem?.Code);
    }
}
