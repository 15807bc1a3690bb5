namespace Compliance.Web.Shell;

/// <summary>In which language and in which form a document is wanted, as a link or a form says it.</summary>
/// <param name="Language">kk, ru, en, or <see cref="Both"/>; the reader's own where it is not said.</param>
/// <param name="As"><c>pdf</c>, <c>pdf-ua</c> or <c>html</c>; a PDF where it is not said.</param>
public readonly record struct PaperWish(string? Language, string? As)
{
    /// <summary>Kazakh and Russian side by side.</summary>
    public const string Both = "kk-ru";

    public string Said => Language == Both || IsKnown(Language) ? Language! : Languages.Current;

    public string Query => $"language={Said}{(As is { Length: > 0 } form ? $"&as={Uri.EscapeDataString(form)}" : "")}";

    static bool IsKnown(string? language) => Languages.All.Any(known => known.Code == language);
}
