package dev.slipway.ledger;

import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.CacheSettings;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.MappingSettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;

/** How Hibernate is set up: without asking the database anything, and for stateless sessions. */
final class Sessions {
  private Sessions() {}

  static SessionFactory over(DataSource source, Database database) {
    String dialect =
        switch (database) {
          case Database.Embedded _ -> "org.hibernate.community.dialect.SQLiteDialect";
          case Database.Server _ -> "org.hibernate.dialect.PostgreSQLDialect";
        };
    return new HibernatePersistenceConfiguration("ledger")
        .managedClass(ReleaseRow.class)
        .property(JdbcSettings.JAKARTA_NON_JTA_DATASOURCE, source)
        .property(JdbcSettings.DIALECT, dialect)
        .property(JdbcSettings.ALLOW_METADATA_ON_BOOT, false)
        .property(JdbcSettings.JDBC_TIME_ZONE, "UTC")
        // What goes wrong is thrown, and told once by whoever catches it.
        .property(JdbcSettings.LOG_JDBC_ERRORS, false)
        .property(MappingSettings.XML_MAPPING_ENABLED, false)
        .property(CacheSettings.USE_SECOND_LEVEL_CACHE, false)
        .createEntityManagerFactory();
  }
}
