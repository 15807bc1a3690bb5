using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Centres;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Centres;

/// <summary>An administrator admits the machines of a control centre, gives them another secret, and dismisses them. The fact first: what broke off behind it lets in too little, never too much.</summary>
static class Control
{
    public static async Task<IResult> Admit(Guid centreId, CentreForm body, Knock knock, MachineClients clients, TimeProvider clock)
    {
        var answer = await knock.Send(Centre.Decider, centreId, new CentreCommand.Admit(centreId, body.Name, clock.GetUtcNow()));
        if (!answer.IsDone) return answer;
        var client = MachineClients.OfCentre(centreId);
        return TypedResults.Ok(new CentreSecret(centreId, client, (await clients.Create(client, body.Name, knock.Ct))?.Reveal()));
    }

    /// <summary>The old secret, and every token got with it, are void at once.</summary>
    public static async Task<IResult> ChangeKey(Guid centreId, Knock knock, MachineClients clients, TimeProvider clock)
    {
        var answer = await knock.Send(Centre.Decider, centreId, new CentreCommand.ChangeKey(clock.GetUtcNow()));
        if (!answer.IsDone) return answer;
        var client = MachineClients.OfCentre(centreId);
        return await clients.Rotate(client, knock.Ct) is { } secret
            ? TypedResults.Ok(new CentreSecret(centreId, client, secret.Reveal())) : Problems.Of(new Refusal("centre.unknown", "There is no such control centre."));
    }

    public static async Task<Answer> Dismiss(Guid centreId, Knock knock, MachineClients clients, Bearers bearers, TimeProvider clock)
    {
        var answer = await knock.Send(Centre.Decider, centreId, new CentreCommand.Dismiss(clock.GetUtcNow()));
        if (!answer.IsDone) return answer;
        bearers.SendAway(new(centreId, [Role.Centre]));
        await clients.Revoke(MachineClients.OfCentre(centreId), knock.Ct);
        return answer;
    }

    public static Task<Page<CentreRow>> List([AsParameters] Paging paging, IViewStore views, CancellationToken ct) => views.List(CentreRow.View, null, paging.Size, paging.After, ct);
}
