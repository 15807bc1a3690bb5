namespace Compliance.Api.EventLog;

/// <summary>
/// Makes sure that one process alone holds a log: a lock file that the operating system releases however the process ends.
/// Two writers would each believe that they know the head of the log.
/// </summary>
static class OnlyProcess
{
    public static IDisposable Holding(string path)
    {
        try
        {
            return new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new EventLogException(
                $"The event log {path} was not opened: another process has it. Stop that process, or name another path in the setting EventLog.", e);
        }
    }
}
