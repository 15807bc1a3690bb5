using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Compliance.Web.Shell;

/// <summary>Where the keyboard writes next.</summary>
public static class Focusing
{
    /// <summary>A field that is gone by now, or a browser that is, breaks no page.</summary>
    public static async Task TakeKeys(this ElementReference field)
    {
        try
        {
            await field.FocusAsync();
        }
        catch (Exception gone) when (gone is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // There is nothing to be typed into.
        }
    }
}
