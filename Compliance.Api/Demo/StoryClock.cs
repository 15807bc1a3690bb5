using System.Globalization;
using Compliance.Api.Identity;

namespace Compliance.Api.Demo;

/// <summary>
/// The clock of the demo's past. While the story of a venue is told, the house lives at the instant that a file names (setting
/// <c>Demo:ClockFile</c>), so that its doors, policies and assessments themselves make the facts of that time. Only a demo has it.
/// </summary>
sealed class StoryClock(string file) : TimeProvider
{
    public static TimeProvider Of(IConfiguration settings) => settings["Demo:ClockFile"] is not { Length: > 0 } file ? System
        : DemoAccounts.AreOn(settings) ? new StoryClock(file)
        : throw new InvalidOperationException("Demo:ClockFile turns back the clock of a demo; where Demo:Accounts is off nobody may.");

    /// <summary>Whoever tells the story replaces the file as a whole; an empty one means the present.</summary>
    public override DateTimeOffset GetUtcNow() => File.ReadAllText(file).Trim() is { Length: > 0 } instant
        ? DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : System.GetUtcNow();
}
