using MudBlazor;

namespace Compliance.Web.Shell;

/// <summary>Opens a <see cref="ReasonDialog"/> and waits until it is gone.</summary>
public static class Asking
{
    public static async Task Ask(
        this IDialogService dialogs, string title, string what, string? reasonLabel, string action, Func<string, Task<Problem?>> doing)
    {
        var dialog = await dialogs.ShowAsync<ReasonDialog>(null, new DialogParameters<ReasonDialog>
        {
            { d => d.Title, title }, { d => d.What, what }, { d => d.ReasonLabel, reasonLabel }, { d => d.Action, action }, { d => d.Doing, doing },
        });
        await dialog.Result;
    }

    /// <summary>Opens a dialog of one's own and waits until it is gone.</summary>
    public static async Task Ask<TDialog>(this IDialogService dialogs, DialogParameters parameters, DialogOptions? options = null)
        where TDialog : Microsoft.AspNetCore.Components.IComponent
    {
        var dialog = await dialogs.ShowAsync<TDialog>(null, parameters, options);
        await dialog.Result;
    }
}
