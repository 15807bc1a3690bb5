using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>Detectors, and the bases that allow them.</summary>
public sealed partial class ApiClient
{
    /// <summary>The bases of a venue, and what each detector does now.</summary>
    public Task<Answer<VenueDetectors>> Detectors(Guid venue, CancellationToken ct) => Get<VenueDetectors>($"venues/{venue}/detectors", ct);

    /// <summary>The bases of all venues: those that stand first.</summary>
    public Task<Answer<Page<DetectorBasisRow>>> DetectorBases(string? cursor, int limit, CancellationToken ct) =>
        Get<Page<DetectorBasisRow>>($"detector-bases?limit={limit}{With("after", cursor)}", ct);

    public Task<Answer<CommandAnswer>> GrantDetectorBasis(DetectorBasisCommand.Grant command, CancellationToken ct) =>
        Send(HttpMethod.Put, $"venues/{command.VenueId}/detector-bases/{command.BasisId}", command, ct);

    public Task<Answer<CommandAnswer>> CalibrateView(Guid device, ViewCalibration drawn, CancellationToken ct) =>
        Send(HttpMethod.Put, $"devices/{device}/calibration", new DeviceCommand.CalibrateView(drawn), ct);

    /// <summary>Asks for a blurred picture of now; that somebody did stands in the log.</summary>
    public Task<Answer<Done>> AskGlimpse(Guid device, Guid glimpse, CancellationToken ct) => Send<Done>(HttpMethod.Post, $"devices/{device}/glimpses", new GlimpseWish(glimpse), ct);

    public Task<Answer<FeedTestState>> Glimpse(Guid device, Guid glimpse, CancellationToken ct) => Get<FeedTestState>($"devices/{device}/glimpses/{glimpse}?wait={FeedTestWait}", ct);

    public Task<Answer<CommandAnswer>> WithdrawDetectorBasis(DetectorBasisEvent.Granted basis, string grounds, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{basis.VenueId}/detector-bases/{basis.BasisId}/withdrawn", new DetectorBasisCommand.Withdraw(grounds), ct);
}
