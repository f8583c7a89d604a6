from frameworks.models import Provision
from frameworks.reports import provision_tree


def item(pk, order, parent=None):
    return Provision(pk=pk, order=order, parent_id=parent, code=str(pk))


def test_provision_tree_follows_the_reading_order():
    tree = provision_tree([item(3, 3, parent=1), item(1, 1), item(4, 4), item(2, 2, parent=1)])
    assert [node.provision.pk for node in tree] == [1, 4]
    assert [node.provision.pk for node in tree[0].children] == [2, 3]


def test_provision_tree_of_nothing():
    assert provision_tree([]) == []
