using System.IO.Pipelines;
using System.Text;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Web.Tests;

public sealed class ChangesTests
{
    sealed class SignedIn : IAccess
    {
        public string? After { get; set; }

        public ValueTask<string?> Token() => new("a-token");
    }

    [Fact]
    public async Task A_page_that_breaks_over_a_change_does_not_keep_it_from_the_others()
    {
        var ct = TestContext.Current.CancellationToken;
        using var canned = new CannedApi();
        var pipe = new Pipe();
        canned.OnStream("GET /changes", pipe.Reader.AsStream());
        await using var changes = new Changes(new(new HttpClient(canned) { BaseAddress = new("http://api/") }, new SignedIn()), TimeProvider.System, NullLogger<Changes>.Instance);
        var heard = new SemaphoreSlim(0);
        changes.Arrived += _ => throw new InvalidOperationException("a page's own bug");
        changes.Arrived += batch =>
        {
            heard.Release();
            return Task.CompletedTask;
        };
        changes.Follow();
        await heard.WaitAsync(ct);
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes($"id: 2a\nevent: change\ndata: {{\"view\":\"venue-card\",\"key\":\"{Guid.NewGuid()}\",\"group\":null}}\n\n"), ct);
        await heard.WaitAsync(ct);
        Assert.Equal(Liveness.Live, changes.Liveness);
        await pipe.Writer.CompleteAsync();
    }
}
