using Compliance.Domain.Centres;
using Compliance.Domain.Kernel;
using Compliance.Domain.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Compliance.Web.Tests.Fakes;

/// <summary>Receivers of webhooks in every state a page has to show.</summary>
static class Receiving
{
    public static readonly WebhookPublicKey Key = new("whpk_MCowBQYDK2VwAyEAr7sGNUzfgGTRvZOPkJgZ3xQ0r0S1oX4g=");

    public static readonly CentreRow[] Centres =
    [
        new(new("0198b1f0-0000-7000-8000-0000000000c1"), "ЦОУ ДП Алматы", new(2026, 10, 2, 5, 0, 0, TimeSpan.Zero), new(2026, 11, 3, 6, 30, 0, TimeSpan.Zero), null),
        new(new("0198b1f0-0000-7000-8000-0000000000c2"), "112 Алматы", new(2026, 9, 2, 5, 0, 0, TimeSpan.Zero), new(2026, 9, 2, 5, 0, 0, TimeSpan.Zero), new(2026, 11, 1, 5, 0, 0, TimeSpan.Zero)),
    ];

    public static void MapReceivers(this WebApplication app, City city)
    {
        app.MapGet("/webhooks", () => new Page<ReceiverLine>(Lines(city), null));
        app.MapGet("/centres", () => new Page<CentreRow>(Centres, null));
        app.MapGet("/webhooks/key", () => Key);
        app.MapGet("/webhooks/{id:guid}/deliveries", (Guid id, DeliveryState? state) => new Page<Delivery>([.. Of(city, id).Where(d => state is null || d.State == state)], null));
        app.MapPost("/webhooks/{id:guid}/sent-again/{message:guid}", () => Results.NoContent());
    }

    public static ReceiverLine[] Lines(City city)
    {
        var (now, person) = (city.Now, $"user:{City.Person}");
        return
        [
            new(new(Id(1), "https://109.almaty.gov.kz/hooks/incidents", [WebhookKind.Opened, WebhookKind.Confirmed, WebhookKind.Rejected, WebhookKind.Closed], [], person, now.AddDays(-9), null, null), 1, 1, now.AddMinutes(-3)),
            new(new(Id(2), "https://dispatch.example.kz/112", [WebhookKind.Opened], ["Медеу", "Алмалы"], person, now.AddDays(-30), ReceiverOff.Gone, now.AddDays(-2)), 0, 2, now.AddDays(-2)),
        ];
    }

    public static Delivery[] Of(City city, Guid receiver) => receiver == Id(1)
        ? [
            new(Id(11), Id(90), WebhookKind.Confirmed, city.Now.AddMinutes(-1), DeliveryState.Waiting, 2, city.Now.AddSeconds(-20), city.Now.AddSeconds(40), 503, DeliveryTrouble.Status),
            new(Id(12), Id(90), WebhookKind.Opened, city.Now.AddMinutes(-3), DeliveryState.Delivered, 1, city.Now.AddMinutes(-3), null, 204, null),
            new(Id(13), Id(91), WebhookKind.Closed, city.Now.AddDays(-1), DeliveryState.Dead, WebhookRetry.Most, city.Now.AddHours(-12), null, null, DeliveryTrouble.Timeout),
        ]
        : [new(Id(14), Id(92), WebhookKind.Opened, city.Now.AddDays(-2), DeliveryState.Dead, 1, city.Now.AddDays(-2), null, 410, DeliveryTrouble.Status), new(Id(15), Id(93), WebhookKind.Opened, city.Now.AddDays(-3), DeliveryState.Dead, 0, null, null, null, DeliveryTrouble.SwitchedOff)];

    static Guid Id(int n) => EventIds.From(Guid.Empty, $"webhook {n}");
}
