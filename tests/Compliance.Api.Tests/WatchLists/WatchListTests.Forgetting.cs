using System.Net;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.WatchLists;
using Compliance.Domain.Kernel;
using Compliance.Domain.WatchLists;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.WatchLists;

/// <summary>What is kept of a person goes when the entry is over, also where the API was killed in between.</summary>
public sealed partial class WatchListTests
{
    [Fact]
    public async Task What_a_crash_left_of_somebody_who_is_over_goes_with_the_next_tick()
    {
        await Approved();
        var (vault, log, broken) = (_house.Services.GetRequiredService<WatchVault>(), _house.Services.GetRequiredService<IEventLog>(), Guid.NewGuid());
        // As though the API had been killed behind the fact, and another time before it.
        await log.Execute(WatchEntry.Decider, _entry, new WatchEntryCommand.Remove(WatchRemoval.PersonFound, _officer, _house.Clock.GetUtcNow()), new(Guid.NewGuid(), "user:x"), Ct);
        vault.Keep(broken, new("Somebody", "x"));
        Assert.Equal(new[] { _entry, broken }.Order(), vault.Held().Order());
        await _house.Services.GetRequiredService<WatchListClock>().Tick(Ct);
        Assert.Empty(vault.Held());
        Assert.Null(vault.Picture(_entry, _picture));
        Assert.Empty(vault.Bearers("Ерлан Тестов"));
        using var gone = await Officer.Ask("GET", $"/watch-list/{_entry}/person");
        Assert.Equal(HttpStatusCode.Conflict, gone.StatusCode);
    }

    [Fact]
    public async Task What_holds_stays_through_a_tick()
    {
        await Approved();
        await _house.Services.GetRequiredService<WatchListClock>().Tick(Ct);
        Assert.Equal(Proposal.Person, await Officer.Get<WatchedPerson>($"/watch-list/{_entry}/person"));
    }
}
