using Compliance.Api.Entrance;
using Compliance.Domain.Contacts;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;

namespace Compliance.Api.Devices;

/// <summary>
/// A person says what he sees of a fire alarm or an exit. It is seen now, and what is good is good from now on: nobody talks an
/// outage away backwards, nor dates one before the device or its last verdict. Of a camera only its own stream speaks, through a
/// probe, and so does an alarm or an exit of its own once a panel or a contact is connected.
/// </summary>
static class ReportVerdict
{
    public static async Task<Answer> Handle(Guid deviceId, DeviceCommand.ReportVerdict body, Knock knock, Beginnings beginnings, TimeProvider clock)
    {
        var (state, _, _) = await knock.Log.Load(Device.Decider, new("device", deviceId), knock.Ct);
        if (state is Device.Live { Card.Spec: CameraSpec })
            return new Refusal("device.measured-only", "What is true of a camera is measured, not said.");
        if (await IsSupervised(deviceId, body.Verdict, knock))
            return new Refusal("device.speaks-for-itself", "A panel or a contact is connected, and reports by itself.");
        if (body.Verdict.Availability() == Availability.Unknown)
            return new Refusal("device.nothing-said", "Say what you see; not knowing is not an observation.", "verdict");
        var now = clock.GetUtcNow();
        var began = body.Verdict.Availability() == Availability.Down && body.Since < now ? body.Since : now;
        var registered = (await beginnings.Of(new("device", deviceId), knock.Ct))?.At ?? now;
        return await knock.Send(Device.Decider, deviceId, body with
        {
            ObservedAt = now, Since = began, OutageId = EventIds.From(knock.CommandId, "outage"), Receipt = new(now, registered, null),
        });
    }

    /// <summary>
    /// An alarm whose panel reports speaks for itself. A contact sees the lock and not what stands before the door: people say that, and
    /// that it is gone, but nobody says that a door is free which its contact does not hold to be.
    /// </summary>
    static async Task<bool> IsSupervised(Guid deviceId, Verdict said, Knock knock) =>
        (await knock.Log.Load(Panel.Decider, new("panel", deviceId), knock.Ct)).State is Panel.Live
        || (said == Verdict.Clear && (await knock.Log.Load(Contact.Decider, new("contact", deviceId), knock.Ct)).State is Contact.Live { State: not ContactState.Free });
}
