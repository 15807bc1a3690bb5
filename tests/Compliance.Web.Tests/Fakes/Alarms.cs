using Compliance.Domain.Contacts;
using Compliance.Domain.Devices;
using Compliance.Domain.Panels;

namespace Compliance.Web.Tests.Fakes;

/// <summary>A panel in the middle of its monthly test: one zone is done, one alarms, two wait.</summary>
static class Alarms
{
    static readonly PanelZone[] Zones =
    [
        new(1, ZoneUse.Detector, "Фойе", "Фойе"), new(2, ZoneUse.Detector, "Би алаңы", "Танцпол"), new(3, ZoneUse.CallPoint, "Бар жанындағы қабырға", "Стена у бара"), new(7, ZoneUse.Exit, "Артқы шығу", "Запасной выход"),
    ];

    static readonly Guid Test = new("0196f000-0000-7000-8000-00000000a001");

    /// <summary>As a panel of a venue stands that is tested right now, or has burnt since ten minutes.</summary>
    public static PanelShown Shown(Guid device, Guid venue, DateTimeOffset now, bool burning = false)
    {
        PanelTest test = new(Test, 7, now.AddMinutes(-8), now.AddMinutes(22), true,
            [new(7, true, now.AddMinutes(-5), now.AddMinutes(-4), TimeSpan.FromSeconds(0.8)), new(2, true, now.AddMinutes(-1), null, TimeSpan.FromSeconds(1.2))]);
        PanelCondition[] conditions = burning ? [new(PanelSignal.Fire, 2), new(PanelSignal.Mains, 0)] : [new(PanelSignal.TestMode, 0), new(PanelSignal.Bypass, 3)];
        Panel.Live live = new(new(device, venue, "AB1207", true, null, 60), Zones, [1, 2, 7], PanelLink.Up, conditions, burning ? null : test, now.AddHours(-9), burning, new(Verdict.Unknown, "ZonesUnproved 1"))
        {
            HeardSince = now.AddDays(-40),
        };
        return new(new(device, venue, live, 90, now.AddDays(-3), [.. conditions.Select((c, i) => new HeldCondition(c.Signal, c.Zone, now.AddMinutes(-10 - i)))],
            new(Guid.NewGuid(), false, [3], now.AddDays(-32), 1, [new(1, true, now.AddDays(-32), now.AddDays(-32), TimeSpan.FromSeconds(0.6))]), now.AddDays(-61)), now.AddSeconds(-24));
    }

    public static ContactCard Contact(Guid device, Guid venue, DateTimeOffset now, ContactState state = ContactState.Locked) =>
        new(device, venue, new(new(device, venue, ContactSource.Mqtt, "club/exits/1"), state, now.AddMinutes(-3), Verdict.Locked, now), 4);
}
