using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Devices;

/// <summary>The blurred picture one verdict rests on, by its hash in the log.</summary>
static class ShowStill
{
    public static async Task<IResult> Handle(Guid deviceId, string sha256, IViewStore views, StillStore stills, HttpResponse response, CancellationToken ct)
    {
        var line = await views.Find(DeviceTimeline.View, deviceId, ct);
        if (line?.Stretches.LastOrDefault(s => s.Still?.Sha256 == sha256)?.Still is not { } still || stills.Get(deviceId, still) is not { } jpeg)
            return Problems.Of(new Refusal("request.unknown", "There is no such picture."));
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(jpeg, "image/jpeg");
    }
}
