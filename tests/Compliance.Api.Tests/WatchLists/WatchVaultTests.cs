using System.Security.Cryptography;
using Compliance.Api.Vault;
using Compliance.Api.WatchLists;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;

namespace Compliance.Api.Tests.WatchLists;

public sealed class WatchVaultTests
{
    /// <summary>A picture without its template is taken for whole when it is sent again, and never matched.</summary>
    [Theory, InlineData("template"), InlineData("picture")]
    public void A_picture_whose_keeping_broke_off_is_whole_when_it_is_sent_again(string broken)
    {
        using var folder = new TempFolder();
        var data = new DataFolder(new ConfigurationBuilder().AddInMemoryCollection([new("Data", folder["data"])]).Build());
        using var vault = new WatchVault(data, new SecretVault(data, new EphemeralDataProtectionProvider()));
        var (entry, picture, jpeg, template) = (Guid.NewGuid(), Guid.NewGuid(), (byte[])[0xff, 0xd8, 1], (byte[])[2, 3]);
        using var disk = new SqliteConnection($"Data Source={data.File("watch-list.db")}");
        disk.Open();
        Run($"CREATE TRIGGER broken BEFORE INSERT ON entry WHEN NEW.name LIKE '%/{broken}' BEGIN SELECT RAISE(ABORT, 'broken'); END");
        Assert.Throws<SqliteException>(() => vault.KeepPicture(entry, picture, jpeg, template));
        Run("DROP TRIGGER broken");
        Assert.True(vault.KeepPicture(entry, picture, jpeg, template));
        Assert.Equal(jpeg, vault.Picture(entry, picture));
        Assert.Equal(template, vault.Template(entry, picture));

        void Run(string sql)
        {
            using var command = disk.CreateCommand();
#pragma warning disable CA2100 // Written above.
            command.CommandText = sql;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
    }

    /// <summary>The ten thousand cannot be opened, here they have no keys: whoever had to would find nobody.</summary>
    [Fact]
    public void Among_ten_thousand_a_name_is_found_without_opening_any()
    {
        using var folder = new TempFolder();
        var data = new DataFolder(new ConfigurationBuilder().AddInMemoryCollection([new("Data", folder["data"])]).Build());
        using var vault = new WatchVault(data, new(data, new EphemeralDataProtectionProvider()));
        var (mine, other) = (Guid.NewGuid(), Guid.NewGuid());
        vault.Name(mine, "Ерлан Тестов");
        using (var file = new SqliteConnection($"Data Source={data.File("watch-list.db")}"))
        {
            file.Open();
            using var all = file.BeginTransaction();
            using var insert = file.CreateCommand();
            insert.CommandText = "INSERT INTO entry VALUES ($name, $sealed)";
            var (name, bytes) = (insert.Parameters.Add("$name", SqliteType.Text), insert.Parameters.Add("$sealed", SqliteType.Blob));
            for (var n = 0; n < 10_000; n++)
            {
                (name.Value, bytes.Value) = ($"named/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}", Guid.NewGuid().ToByteArray());
                insert.ExecuteNonQuery();
            }

            all.Commit();
        }

        Assert.Equal([mine], vault.Bearers("  ерлан ТЕСТОВ"));
        Assert.Empty(vault.Bearers("Ерлан Тестова"));
        vault.Name(other, "Ерлан Тестов");
        Assert.Equal(new[] { mine, other }.Order(), vault.Bearers("Ерлан Тестов").Order());
        vault.Unname(other); // the other bears it still
        Assert.Equal([mine], vault.Bearers("Ерлан Тестов"));
        vault.Name(other, "Ерлан Тестов");
        vault.Unname(mine);
        Assert.Equal([other], vault.Bearers("Ерлан Тестов"));
        vault.Destroy(other);
        Assert.Empty(vault.Bearers("Ерлан Тестов"));
        Assert.DoesNotContain(new SealedFile(data.File("watch-list.db")).All(), row => row.Name.StartsWith($"{mine:N}", StringComparison.Ordinal) || row.Name.StartsWith($"{other:N}", StringComparison.Ordinal));
    }
}
