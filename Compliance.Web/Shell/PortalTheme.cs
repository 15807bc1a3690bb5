using MudBlazor;

namespace Compliance.Web.Shell;

/// <summary>Our colours and letters: deep teal on paper by day, on slate by night; every text keeps a contrast of 4.5 to 1 or more.</summary>
public static class PortalTheme
{
    static readonly string[] Letters =
        ["Noto Sans", "Segoe UI Variable", "Segoe UI", "system-ui", "-apple-system", "Roboto", "Ubuntu", "sans-serif"];

    public static readonly MudTheme Theme = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0B5F6F", PrimaryContrastText = "#FFFFFF", Secondary = "#7A5200", SecondaryContrastText = "#FFFFFF",
            Background = "#F4F6F7", BackgroundGray = "#E9EDEF", Surface = "#FFFFFF", AppbarBackground = "#FFFFFF", AppbarText = "#14212B",
            TextPrimary = "#14212B", TextSecondary = "#4A5863", TextDisabled = "#6B7883", ActionDefault = "#4A5863",
            Success = "#146C43", Error = "#B3261E", Warning = "#855000", Info = "#1D5A9E",
            Divider = "#DCE2E6", LinesDefault = "#DCE2E6", LinesInputs = "#7B8893", TableLines = "#E4E9EC", TableHover = "#F0F4F5",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#62C6D6", PrimaryContrastText = "#07222A", Secondary = "#E3B860", SecondaryContrastText = "#2A1D00",
            Background = "#0E1418", BackgroundGray = "#131B20", Surface = "#172127", AppbarBackground = "#121A1F", AppbarText = "#DCE5EA",
            TextPrimary = "#DCE5EA", TextSecondary = "#A3B3BD", TextDisabled = "#7D8C96", ActionDefault = "#A3B3BD",
            Success = "#74C79A", Error = "#FF9088", Warning = "#EDBE6A", Info = "#8DBDF2", ErrorContrastText = "#2B0906",
            Divider = "#28343C", LinesDefault = "#28343C", LinesInputs = "#6F808B", TableLines = "#222D34", TableHover = "#1C272E",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "10px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Letters, FontSize = "1rem", LineHeight = "1.5", LetterSpacing = "0" },
            Button = new ButtonTypography { FontFamily = Letters, FontSize = "1rem", FontWeight = "600", TextTransform = "none", LetterSpacing = "0" },
            Caption = new CaptionTypography { FontFamily = Letters, FontSize = ".875rem", LetterSpacing = "0" },
        },
    };
}
