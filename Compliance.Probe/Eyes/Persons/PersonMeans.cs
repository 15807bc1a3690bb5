using Compliance.Probe.Eyes.Faces;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Eyes.Persons;

/// <summary>The finder of persons that all detectors share, or none, and that and why is said once: then each does without it.</summary>
internal sealed record PersonMeans(PersonFinder? Finder) : IDisposable
{
    public void Dispose() => Finder?.Dispose();

    /// <param name="slots">Null: those of this machine's user.</param>
    public static PersonMeans Installed(ILogger log, ModelSlots? slots = null)
    {
        try
        {
            return new(PersonFinder.Open(slots ?? ModelSlots.Read()));
        }
        catch (ModelRefused refused)
        {
            PersonsLog.NoNetwork(log, refused.Message);
            return new((PersonFinder?)null);
        }
    }
}

static partial class PersonsLog
{
    [LoggerMessage(LogLevel.Information, "No persons are found in pictures: {Why}")]
    public static partial void NoNetwork(ILogger log, string why);
}
