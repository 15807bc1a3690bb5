namespace Compliance.Api.Footage;

/// <summary>Section <c>Footage</c> of the settings.</summary>
/// <param name="TermHours">So long a venue has to answer a request.</param>
/// <param name="LargestMegabytes">The largest file (MiB).</param>
/// <param name="DiskMegabytes">What all files together may take on the disk (MiB), those that are still coming counted whole.</param>
/// <param name="IdleHours">A file of which nothing came for so long is given up.</param>
/// <param name="MarkMegabytes">Up to this size (MiB) a copy is made with recipient and hash burnt in; 0 makes none.</param>
/// <param name="MarkSeconds">The longest that making it may take.</param>
sealed record FootageRules(int TermHours = 48, int LargestMegabytes = 4096, int DiskMegabytes = 102_400, int IdleHours = 48, int MarkMegabytes = 256, int MarkSeconds = 80)
{
    public TimeSpan Term => TimeSpan.FromHours(TermHours);
    public long Largest => (long)LargestMegabytes << 20;
    public long Disk => (long)DiskMegabytes << 20;
}
