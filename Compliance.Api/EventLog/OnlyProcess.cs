namespace Compliance.Api.EventLog;

/// <summary>
/// Makes sure that one process alone holds a file: a lock file that the operating system releases however the process ends.
/// Two writers would each believe that they know what stands in it.
/// </summary>
static class OnlyProcess
{
    public static IDisposable Holding(string path, string what, string setting)
    {
        try
        {
            return new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new EventLogException(
                $"The {what} {path} was not opened: another process has it. Stop that process, or name another path in the setting {setting}.", e);
        }
    }
}
