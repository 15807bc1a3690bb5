namespace Compliance.Api.Footage;

/// <summary>Section <c>Footage</c> of the settings.</summary>
/// <param name="TermHours">So long a venue has to answer a request.</param>
/// <param name="LargestMegabytes">The largest file (MiB); a copy with its recipient burnt in has at most twice that.</param>
/// <param name="DiskMegabytes">What all files and such copies together may take on the disk (MiB), those that are still coming counted whole.</param>
/// <param name="IdleHours">A file of which nothing came for so long is given up.</param>
/// <param name="MarkWaitSeconds">So long an export waits for its copy before it says that one is being made.</param>
/// <param name="MarkedHours">So long a copy lies there for whoever asked for it.</param>
/// <param name="Ffmpeg">The program that makes copies.</param>
sealed record FootageRules(
    int TermHours = 48, int LargestMegabytes = 4096, int DiskMegabytes = 102_400, int IdleHours = 48, int MarkWaitSeconds = 10, int MarkedHours = 24, string Ffmpeg = "ffmpeg")
{
    public TimeSpan Term => TimeSpan.FromHours(TermHours);
    public TimeSpan MarkWait => TimeSpan.FromSeconds(MarkWaitSeconds);
    public TimeSpan MarkedFor => TimeSpan.FromHours(MarkedHours);
    public long Largest => (long)LargestMegabytes << 20;
    public long Disk => (long)DiskMegabytes << 20;
}
