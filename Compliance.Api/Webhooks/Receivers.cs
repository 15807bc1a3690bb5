using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Compliance.Domain.Webhooks;

namespace Compliance.Api.Webhooks;

/// <summary>Who is told of incidents: registered and switched by a shift lead or the administrator, with what arrived and what did not.</summary>
static class Receivers
{
    public static async Task<Answer> Register(Guid receiverId, ReceiverCommand.Register body, Knock knock, WebhookRules rules) =>
        body.ReceiverId != receiverId ? Problems.OtherId("receiverId")
        : body.Districts.FirstOrDefault(name => District.Of(name) is null) is not null ? new Refusal("webhook.district-unknown", "There is no such district.", "districts")
        : await knock.Send(Receiver.Decider, receiverId, body with { MayBeInside = rules.MayBeInside(body.Url) });

    public static Task<Answer> SwitchOff(Guid receiverId, Knock knock, TimeProvider clock) =>
        knock.Send(Receiver.Decider, receiverId, new ReceiverCommand.SwitchOff(ReceiverOff.Person, clock.GetUtcNow()));

    public static Task<Answer> SwitchOn(Guid receiverId, Knock knock, TimeProvider clock) => knock.Send(Receiver.Decider, receiverId, new ReceiverCommand.SwitchOn(clock.GetUtcNow()));

    public static Task<Answer> Remove(Guid receiverId, Knock knock, TimeProvider clock) => knock.Send(Receiver.Decider, receiverId, new ReceiverCommand.Remove(clock.GetUtcNow()));

    public static async Task<Page<ReceiverLine>> List([AsParameters] Paging paging, IViewStore views, Outbox outbox, CancellationToken ct)
    {
        var page = await views.List(ReceiverRow.View, null, paging.Size, paging.After, ct);
        return new([.. page.Items.Select(row => outbox.Tally(row.ReceiverId) is var tally ? new ReceiverLine(row, tally.Waiting, tally.Dead, tally.DeliveredAt) : null!)], page.Next);
    }

    /// <param name="state">Only what stands so; all of them where none is named.</param>
    public static Page<Delivery> Deliveries(Guid receiverId, [AsParameters] Paging paging, DeliveryState? state, Outbox outbox) =>
        outbox.List(receiverId, state, paging.Size, paging.After is { } cursor ? long.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture) : null);

    /// <summary>A dead message is sent anew, the same under the same id. To a receiver that is off it would be dead at once.</summary>
    public static async Task<IResult> SendAgain(Guid receiverId, Guid messageId, IEventLog log, Outbox outbox, Courier courier, TimeProvider clock, CancellationToken ct)
    {
        var (state, _, _) = await log.Load(Receiver.Decider, new(Receiver.Decider.Category, receiverId), ct);
        if (state is not Receiver.Known known) return Problems.Of(new Refusal("webhook.unknown", "There is no such receiver."));
        if (known.Off is not null) return Problems.Of(new Refusal("webhook.off", "This receiver is switched off; switch it on first."));
        if (!outbox.Again(receiverId, messageId, clock.GetUtcNow())) return Problems.Of(new Refusal("webhook.not-dead", "This message arrived, or is being sent."));
        courier.Wake(receiverId);
        return Results.NoContent();
    }

    public static WebhookPublicKey Key(WebhookKey key) => key.Public;
}
