using Compliance.Api.Reports;

namespace Compliance.Api.Tests.Reports;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("Ночной город", "nochnoy-gorod"), InlineData("«Көк төбе» жарығы", "kok-tobe-zharygy"), InlineData("Club 54 & Щука", "club-54-shchuka"), InlineData("夜店", "")]
    [InlineData("Очень длинное название ночного клуба на углу", "ochen-dlinnoe-nazvanie-nochnogo-kluba-na")]
    public void A_venue_is_called_in_a_file_name_by_letters_every_disk_keeps(string name, string slug) => Assert.Equal(slug, FileNames.Slug(name));
}
