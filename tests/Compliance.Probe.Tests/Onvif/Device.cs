using Compliance.Probe.Watch.Onvif;
using VenueSimulator.Load;
using VenueSimulator.Onvif;

namespace Compliance.Probe.Tests.Onvif;

/// <summary>A simulated device on loopback and what is needed to ask it.</summary>
static class Device
{
    public static readonly Login Police = new("police", "se\"cret");
    public static readonly Uri Stream = new("rtsp://127.0.0.1:8554/h264/1");

    public static OnvifMeans Means(TimeSpan? patience = null, TimeProvider? clock = null) =>
        OnvifMeans.Make(clock ?? TimeProvider.System, new Random(1), patience ?? TimeSpan.FromSeconds(5), allowLoopback: true);

    public static Task<SimulatedDevice> Start(AuthSchemes digest = AuthSchemes.None, Uri? replay = null, Login? login = null) =>
        SimulatedDevice.Start(new() { Stream = Stream, Login = login ?? Police, Digest = digest, Replay = replay });

    public static OnvifTarget Target(this SimulatedDevice device, string? password = null) => new(device.Address, Police.User, password ?? Police.Password);
}
