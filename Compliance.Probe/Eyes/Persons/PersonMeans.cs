using Compliance.Probe.Eyes.Faces;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Eyes.Persons;

/// <summary>The finder of persons that all detectors share, or why there is none: then whoever counts by it rests, and all else runs.</summary>
/// <param name="Why">A sentence with the file, what is the matter with it and what to do; null where the finder is there.</param>
internal sealed record PersonMeans(PersonFinder? Finder, string? Why) : IDisposable
{
    public void Dispose() => Finder?.Dispose();

    /// <param name="slots">Null: those of this machine's user.</param>
    public static PersonMeans Installed(ILogger log, ModelSlots? slots = null)
    {
        try
        {
            return new(PersonFinder.Open(slots ?? ModelSlots.Read()), null);
        }
        catch (ModelRefused refused)
        {
            PersonsLog.NoNetwork(log, refused.Message);
            return new(null, refused.Message);
        }
    }
}

static partial class PersonsLog
{
    [LoggerMessage(LogLevel.Information, "No persons are found in pictures: {Why}")]
    public static partial void NoNetwork(ILogger log, string why);
}
