using System.Net.Http.Json;
using Compliance.Api.Identity;
using Compliance.Api.Subjects;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Subjects;

/// <summary>Name and contact that somebody else gave are kept no longer than an answer may take.</summary>
public sealed class ForgetWhoNeverCameTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_was_invited_and_never_came_is_forgotten_and_the_contact_is_free_again()
    {
        await using var house = new House();
        var (scene, other) = (await Scene.In(house), await Scene.In(house));
        var (never, came) = (await Invite(scene, "never@example.kz"), await Invite(scene, "came@example.kz"));
        await In(house, async accounts => (await accounts.AddPasswordAsync((await accounts.FindByIdAsync($"{came.SubjectId}"))!, "a long enough phrase")).OrThrow());
        var (tick, persons) = (house.Services.GetRequiredService<ForgetWhoNeverCame>(), house.Services.GetRequiredService<Persons>());

        house.Clock.Advance(ForgetWhoNeverCame.Patience - TimeSpan.FromDays(1));
        await tick.Tick(Ct);
        Assert.NotNull(persons.Find(never.SubjectId));

        house.Clock.Advance(TimeSpan.FromDays(2));
        await tick.Tick(Ct);
        Assert.Null(persons.Find(never.SubjectId));
        Assert.NotNull(persons.Find(came.SubjectId));
        var again = await Invite(other, "never@example.kz");
        Assert.NotEqual(never.SubjectId, again.SubjectId);
        Assert.NotNull(again.Link);
    }

    [Fact]
    public async Task An_account_of_an_invitation_that_broke_off_goes_with_the_second_look()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        var stray = Guid.NewGuid();
        await In(house, async accounts => (await accounts.CreateAsync(new() { Id = stray, UserName = "stray@example.kz" })).OrThrow());
        var tick = house.Services.GetRequiredService<ForgetWhoNeverCame>();
        house.Clock.Advance(TimeSpan.FromHours(1));
        await tick.Tick(Ct);
        Assert.True(await IsThere());
        house.Clock.Advance(TimeSpan.FromHours(1));
        await tick.Tick(Ct);
        Assert.False(await IsThere());
        Assert.NotNull((await Invite(scene, "stray@example.kz")).Link);

        async Task<bool> IsThere()
        {
            var there = false;
            await In(house, async accounts => there = await accounts.FindByIdAsync($"{stray}") is not null);
            return there;
        }
    }

    static async Task<InvitedPerson> Invite(Scene scene, string contact)
    {
        using var answer = await scene.AsOwner.Ask("POST", $"/venues/{scene.Venue}/people/invited", new PersonInvitation("Мадина Оспанова", contact, Post.Manager, new(2026, 1, 1), null, []));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<InvitedPerson>(EventCatalog.Json, Ct))!;
    }

    static async Task In(House house, Func<UserManager<Account>, Task> act)
    {
        await using var scope = house.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<UserManager<Account>>());
    }
}
