namespace Compliance.Web.Shell;

/// <summary>Sentences of the frame around every page: ShellWords.resx (Kazakh, the master), .ru.resx, .en.resx.</summary>
public sealed class ShellWords;
