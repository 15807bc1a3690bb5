using Compliance.Api.Tests.Entrance;
using Compliance.Api.Webhooks;
using Compliance.Domain.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Webhooks;

/// <summary>A receiver that is not there is not asked for each message it misses.</summary>
public sealed class RestingTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_fails_again_and_again_is_left_alone_for_a_while_and_a_person_may_try_at_once()
    {
        await using var centre = await ControlCentre.Open();
        await using var house = new House(("Webhooks:TimeoutSeconds", "30"), ("Webhooks:InsideHosts:0", centre.Host));
        for (var n = 0; n < 30; n++) centre.Answers(500);
        var (outbox, courier, receiver) = (house.Services.GetRequiredService<Outbox>(), house.Services.GetRequiredService<Courier>(), Guid.NewGuid());
        outbox.Keep(new(receiver, $"{centre.Url}/hooks", [WebhookKind.Opened], []));
        for (var n = 0; n < 12; n++) outbox.Put(Guid.NewGuid(), receiver, Guid.NewGuid(), WebhookKind.Opened, [1], house.Clock.GetUtcNow());
        for (var n = 0; n < 6; n++) await courier.SendDue(Ct);
        await Asking.Until(() => Task.FromResult(Tries() == 3)); // twelve are due
        await courier.SendDue(Ct);
        Assert.Equal(3, Tries()); // and it rests
        house.Clock.Advance(TimeSpan.FromSeconds(11));
        for (var n = 0; n < 3; n++) await courier.SendDue(Ct);
        await Asking.Until(() => Task.FromResult(Tries() == 4)); // one tells whether it is there
        courier.Wake(receiver);
        await Asking.Until(() => Task.FromResult(Tries() > 4));

        int Tries() => outbox.List(receiver, null, 100, null).Items.Sum(d => d.Attempts);
    }
}
