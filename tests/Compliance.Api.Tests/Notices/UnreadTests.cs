using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Tests.Views;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Venues;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Api.Tests.Notices;

/// <summary>The number on the bell is asked with every page: it costs rows of venues, not of notices.</summary>
public sealed class UnreadTests
{
    [Fact]
    public async Task However_many_notices_there_are_one_row_is_read()
    {
        var ct = TestContext.Current.CancellationToken;
        var (venue, owner) = (Guid.NewGuid(), Guid.NewGuid());
        var log = new MemoryEventLog(TimeProvider.System);
        await Say("venue", venue, new VenueEvent.Registered(venue, new("Ж", "З", "123456789012", "Абай 1", "Алмалы", new(43, 77), true), 9, []),
            new VenueEvent.PersonAppointed(venue, new(owner, Post.Owner, new(2026, 1, 1), null, [])));
        for (var n = 0; n < 500; n++)
        {
            var id = Guid.NewGuid();
            var issued = new NoticeEvent.Issued(id, venue, NoticeKind.OutageOpened, Guid.Empty, Guid.Empty, Verdict.Stalled, DateTimeOffset.UnixEpoch);
            await (n % 10 > 0 ? Say("notice", id, issued) : Say("notice", id, issued, new NoticeEvent.Read(id, venue, owner)));
        }

        using var folder = new TempFolder();
        using var store = new SqliteViewStore(folder["views.db"]);
        await new Projection(log, store, AllViews.Of, TimeProvider.System, NullLogger<Projection>.Instance).ToTheEnd(ct);
        var counting = new CountingStore(store);
        var own = new OwnVenues(store, new(log, new(log), TimeProvider.System));

        Assert.Equal(450, (await Api.Notices.List.Unread(new(owner, [Role.Owner]), own, counting, ct)).Count);
        Assert.Equal(1, counting.Rows);

        Task Say(string category, Guid stream, params object[] facts) => log.Append(new(category, stream), -1, facts, new(Guid.NewGuid(), "user:test"), ct);
    }
}
