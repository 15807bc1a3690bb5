using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Contacts;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Panels;

/// <summary>Fits a contact to an exit. The input of a camera belongs to a camera of the same venue.</summary>
static class FitContact
{
    public static async Task<Answer> Handle(Guid deviceId, ContactFitting body, Knock knock, IViewStore views)
    {
        var (device, _, _) = await knock.Log.Load(Device.Decider, new("device", deviceId), knock.Ct);
        if (device is not Device.Live { Card: { Spec: ExitSpec, VenueId: var venue } }) return new Refusal("contact.not-an-exit", "Only an exit has a contact.");
        if (body.Source == ContactSource.DigitalInput && Guid.TryParse(body.Address.Split('/')[0], out var camera)
            && (await views.Find(DeviceCard.View, camera, knock.Ct) is not { Spec: CameraSpec, VenueId: var of } || of != venue))
            return new Refusal("contact.camera-foreign", "The input belongs to a camera of the same venue.", "address");
        return await knock.Send(Contact.Decider, deviceId, new ContactCommand.Fit(deviceId, venue, body.Source, body.Address.Trim()));
    }
}
