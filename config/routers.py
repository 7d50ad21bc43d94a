"""The wrapped subject keys live in a database of their own, with a backup cycle of their own."""


class KeysRouter:
    label = "vault"

    def db_for_read(self, model, **hints):
        return "keys" if model._meta.app_label == self.label else "default"

    db_for_write = db_for_read

    def allow_relation(self, one, other, **hints):
        return (one._meta.app_label == self.label) == (other._meta.app_label == self.label)

    def allow_migrate(self, db, app_label, model_name=None, **hints):
        return (app_label == self.label) == (db == "keys")
