using Compliance.Probe.Watch.Contacts;
using Compliance.Probe.Watch.Panels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Follows the assignments: who is on the list is watched, who is not any more is let go.</summary>
internal sealed class Following(IAssignments assignments, WatchedCameras watched, EnrolledPanels panels, AssignedContacts contacts, ModelRounds models, EyesRounds eyes, KnownClipRounds clips, FaceRounds faces, ILogger<Following> log) : BackgroundService
{
    readonly Mishaps _mishaps = new(log);

    /// <summary>Says goodbye to the cameras, so that none keeps a session for us.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await eyes.StopAll();
        await faces.StopAll();
        await watched.StopAll();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var next in assignments.Changes(stoppingToken))
        {
            try
            {
                eyes.Follow(next.Detectors); // first of all: what is withdrawn waits for nothing
                models.Follow(next.Models);
                clips.Follow(next.KnownClips, next.Detectors);
                faces.Follow(next.Detectors);
                await watched.Follow(next, stoppingToken);
                panels.Follow(next.Panels);
                contacts.Follow(next.Contacts);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                _mishaps.Met(e, "Following assignments");
            }
        }
    }
}
