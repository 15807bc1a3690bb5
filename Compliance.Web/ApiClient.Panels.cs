using Compliance.Domain.Contacts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>Panels of fire alarms and contacts of exits.</summary>
public sealed partial class ApiClient
{
    public Task<Answer<PanelShown>> Panel(Guid device, CancellationToken ct) => Get<PanelShown>($"devices/{device}/panel", ct);

    public Task<Answer<CommandAnswer>> ConnectPanel(Guid device, PanelEnrolment enrolment, CancellationToken ct) =>
        Send(HttpMethod.Put, $"devices/{device}/panel", enrolment, ct);

    public Task<Answer<CommandAnswer>> MapZones(Guid device, PanelZones zones, CancellationToken ct) =>
        Send(HttpMethod.Put, $"devices/{device}/panel/zones", zones, ct);

    public Task<Answer<CommandAnswer>> OpenPanelTest(Guid device, Guid test, CancellationToken ct) =>
        Send(HttpMethod.Post, $"devices/{device}/panel/tests", new PanelTestAsked(test), ct);

    public Task<Answer<ContactCard>> Contact(Guid device, CancellationToken ct) => Get<ContactCard>($"devices/{device}/contact", ct);

    public Task<Answer<CommandAnswer>> FitContact(Guid device, ContactFitting fitting, CancellationToken ct) =>
        Send(HttpMethod.Put, $"devices/{device}/contact", fitting, ct);
}
