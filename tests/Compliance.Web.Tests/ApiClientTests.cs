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
        public string? After { get; set; }

        public ValueTask<string?> Token() => new("a-token");
    }

    readonly CannedApi canned = new();
    readonly Guid venue = Guid.CreateVersion7();
    readonly SignedIn person = new();
    readonly ApiClient api;

    public ApiClientTests() => api = Another();

    /// <summary>A client is made for each component; the person in front of the screen is the same.</summary>
    ApiClient Another() => new(new HttpClient(canned, disposeHandler: false) { BaseAddress = new("http://api/") }, person);

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
    public async Task Every_page_sees_what_another_page_wrote()
    {
        canned.On($"PUT /venues/{venue}/capacity", new CommandAnswer(2, new(42, 42)));
        await api.SetCapacity(venue, 100, 1, Ct);
        await Another().Venue(venue, Ct);
        Assert.Equal("2a", canned.Asked[^1].After);
    }

    [Fact]
    public async Task A_list_is_read_in_pages_the_api_gives()
    {
        canned.On("GET /venues", new Page<VenueCard>([], null));
        await ApiClient.AtLeast(250, null, (cursor, limit) =>
        {
            Assert.InRange(limit, 1, 200);
            return api.Venues(cursor, limit, null, Ct);
        });
    }

    [Fact]
    public async Task Pages_that_come_short_are_read_on_until_there_is_enough()
    {
        var pages = new Queue<Page<string>>([new(["a"], "1"), new([], "2"), new(["b", "c"], "3"), new(["d"], null)]);
        var page = await ApiClient.AtLeast<string>(3, null, (_, _) => Task.FromResult<Answer<Page<string>>>(pages.Dequeue()));
        Assert.Equal(["a", "b", "c"], page.Value!.Items);
        Assert.Equal("3", page.Value.Next);
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
