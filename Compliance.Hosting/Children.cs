using System.ComponentModel;
using System.Diagnostics;

namespace Compliance.Hosting;

/// <summary>Programs of others that a process runs.</summary>
static class Children
{
    /// <summary>Work that nobody waits for (<c>nice</c> 19); of a child that has ended already there is nothing to say.</summary>
    public static void LetOthersFirst(this Process child)
    {
        try
        {
            child.PriorityClass = ProcessPriorityClass.Idle;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended, or the system lets nobody say so: then it runs like any other.
        }
    }
}
